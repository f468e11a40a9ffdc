"""A publisher that the owner makes itself ends with it; so does the owner as its own publisher."""
# rule: DMN101

from collections.abc import Callable


class Signal:
    def __init__(self) -> None:
        self._handlers: list[Callable[[], None]] = []

    def connect(self, handler: Callable[[], None]) -> None:
        self._handlers.append(handler)

    def disconnect(self, handler: Callable[[], None]) -> None:
        self._handlers.remove(handler)


class Window(Signal):
    def __init__(self) -> None:
        super().__init__()
        self.resized = Signal()
        self.resized.connect(self.draw)
        self.connect(self.draw)
        local = Signal()
        local.connect(self.draw)

    def draw(self) -> None: ...

    def close(self) -> None:
        print("closed")


class Guest:
    def __init__(self, window: Window) -> None:
        window.resized.connect(self.draw)  # error: DMN101

    def draw(self) -> None: ...

    def close(self) -> None:
        print("closed")


CLOCK = Signal()


class Watcher:
    def __init__(self) -> None:
        CLOCK.connect(self.draw)  # error: DMN101

    def draw(self) -> None: ...

    def close(self) -> None:
        print("closed")
