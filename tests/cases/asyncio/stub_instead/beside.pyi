from collections.abc import Callable

Unsubscribe = Callable[[], None]

class Cable:
    def tap(self, ear: Callable[[str], None]) -> Unsubscribe: ...
    def plain(self) -> None: ...
