"""Events named by constants, members of enums and f-strings: a removal of another one is none."""
# rule: DMN101

from __future__ import annotations

import enum
from collections.abc import Callable

EVENT_OPEN = "open"
EVENT_CLOSE = "close"
EVENT_SHUT = EVENT_CLOSE


class Kind(enum.StrEnum):
    OPEN = "open"
    CLOSE = "close"


class Signal:
    def __init__(self, name: str) -> None:
        self.name = name


BEGUN = Signal("begun")
ENDED = Signal("ended")


class Emitter:
    def __init__(self) -> None:
        self._listeners: dict[object, list[Callable[[], None]]] = {}

    def add_listener(self, event: object, callback: Callable[[], None]) -> None:
        self._listeners.setdefault(event, []).append(callback)

    def remove_listener(self, event: object, callback: Callable[[], None]) -> None:
        self._listeners[event].remove(callback)


class Panel:
    def __init__(self, emitter: Emitter, name: str) -> None:
        self._emitter = emitter
        self._name = name
        emitter.add_listener(EVENT_OPEN, self._changed)
        emitter.add_listener(EVENT_CLOSE, self._changed)  # error: DMN101
        emitter.add_listener(BEGUN, self._begun)
        emitter.add_listener(ENDED, self._begun)  # error: DMN101
        emitter.add_listener(f"{name}.open", self._named)
        emitter.add_listener(f"{name}.close", self._named)  # error: DMN101

    def _changed(self) -> None:
        print("changed")

    def _begun(self) -> None:
        print("begun")

    def _named(self) -> None:
        print("named")

    def close(self) -> None:
        self._emitter.remove_listener("open", self._changed)
        self._emitter.remove_listener(BEGUN, self._begun)
        self._emitter.remove_listener(f"{self._name}.open", self._named)


class Door:
    def __init__(self, emitter: Emitter) -> None:
        self._emitter = emitter
        emitter.add_listener(Kind.OPEN, self._changed)
        emitter.add_listener(Kind.CLOSE.value, self._changed)  # error: DMN101

    def _changed(self) -> None:
        print("changed")

    def close(self) -> None:
        self._emitter.remove_listener(EVENT_OPEN, self._changed)


class Tidy:
    def __init__(self, emitter: Emitter, name: str) -> None:
        self._emitter = emitter
        self._name = name
        self._event = Kind.OPEN
        emitter.add_listener(Kind.OPEN, self._opened)
        emitter.add_listener(EVENT_CLOSE, self._shut)
        emitter.add_listener("close", self._closed)
        emitter.add_listener(BEGUN, self._begun)
        emitter.add_listener(f"{name}.close", self._named)

    def _opened(self) -> None:
        print("opened")

    def _shut(self) -> None:
        print("shut")

    def _closed(self) -> None:
        print("closed")

    def _begun(self) -> None:
        print("begun")

    def _named(self) -> None:
        print("named")

    def close(self) -> None:
        self._emitter.remove_listener(self._event, self._opened)
        self._emitter.remove_listener(EVENT_SHUT, self._shut)
        self._emitter.remove_listener(Kind.CLOSE, self._closed)
        for event, callback in ((BEGUN, self._begun), (ENDED, self._begun)):
            self._emitter.remove_listener(event, callback)
        self._emitter.remove_listener(self._name + ".close", self._named)
