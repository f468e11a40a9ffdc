"""The loop adds three, the end removes two."""
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


class Literal:
    def __init__(self, emitter: Emitter) -> None:
        self.emitter = emitter

    def start(self) -> None:
        for event in ("opened", "closed", "moved"):
            self.emitter.on(event, self._changed)  # error: DMN101

    def _changed(self) -> None:
        print("changed")

    def stop(self) -> None:
        self.emitter.off("opened", self._changed)
        self.emitter.off("closed", self._changed)


class Unrolled:
    def __init__(self, emitter: Emitter) -> None:
        self.emitter = emitter

    def start(self) -> None:
        self.emitter.on("opened", self._changed)
        self.emitter.on("closed", self._changed)
        self.emitter.on("moved", self._changed)  # error: DMN101

    def _changed(self) -> None:
        print("changed")

    def stop(self) -> None:
        for event in ("opened", "closed"):
            self.emitter.off(event, self._changed)
