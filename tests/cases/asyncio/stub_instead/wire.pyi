from collections.abc import Callable

Unsubscribe = Callable[[], None]

class Wire:
    def tap(self, ear: Callable[[str], None]) -> Unsubscribe: ...
