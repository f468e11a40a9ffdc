"""A helper function or method removes."""
# rule: DMN101
from collections.abc import Callable


class Emitter:
    def __init__(self) -> None:
        self._callbacks: dict[str, list[Callable]] = {}

    def on(self, event: str, callback: Callable) -> None:
        self._callbacks.setdefault(event, []).append(callback)

    def off(self, event: str, callback: Callable) -> None:
        self._callbacks[event].remove(callback)

    def emit(self, event: str, *args: object) -> None:
        for callback in list(self._callbacks.get(event, ())):
            callback(*args)


def detach(emitter: Emitter, event: str, callback: Callable) -> None:
    emitter.off(event, callback)


def attach(emitter: Emitter, event: str, callback: Callable) -> None:
    emitter.on(event, callback)


class Chart:
    def __init__(self, emitter: Emitter) -> None:
        self.emitter = emitter
        emitter.on("point", self._point)

    def _point(self, x: float) -> None:
        print(x)

    def shutdown(self) -> None:
        detach(self.emitter, "point", self._point)


class Both:
    def __init__(self, emitter: Emitter) -> None:
        self.emitter = emitter
        attach(emitter, "point", self._point)

    def _point(self, x: float) -> None:
        print(x)

    def shutdown(self) -> None:
        detach(self.emitter, "point", self._point)


class Methods:
    def __init__(self, emitter: Emitter) -> None:
        self.emitter = emitter
        self._wire()

    def _wire(self) -> None:
        self.emitter.on("point", self._point)
        self.emitter.on("line", self._point)

    def _unwire(self) -> None:
        self._unwire_one("point")
        self._unwire_one("line")

    def _unwire_one(self, event: str) -> None:
        self.emitter.off(event, self._point)

    def _point(self, x: float) -> None:
        print(x)

    def shutdown(self) -> None:
        self._unwire()
