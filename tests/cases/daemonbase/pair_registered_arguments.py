"""`register_pair` takes back the event that it names; others stay with their daemon."""
# rule: DMN101, DMN106

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from daemonbase import DaemonBase


class Emitter:
    def __init__(self) -> None:
        self._listeners: list[tuple[str, Callable[[], None]]] = []

    def on(self, event: str, callback: Callable[[], None]) -> None:
        self._listeners.append((event, callback))

    def off(self, event: str, callback: Callable[[], None]) -> None:
        self._listeners.remove((event, callback))


class Receiver(DaemonBase):
    def __init__(self, emitter: Emitter) -> None:
        super().__init__("receiver")
        self._emitter = emitter

    async def initialize(self) -> None:
        self._emitter.on("a", self._heard)
        self.register_pair(self._emitter.off, "a", self._heard)
        self._emitter.on("b", self._heard)
        self.register_subscription(lambda: self._emitter.off("b", self._heard))
        self._emitter.on("c", self._heard)
        self.register_subscription(partial(self._emitter.off, "c", self._heard))
        self._emitter.on("d", self._heard)  # error: DMN101
        self._emitter.on("e", self._heard)  # error: DMN106

    def _heard(self) -> None:
        self.log.info("heard")

    async def cleanup(self) -> None:
        self._emitter.off("e", self._heard)


class Careful(DaemonBase):
    """Its own helper keeps both together."""

    def __init__(self, emitter: Emitter) -> None:
        super().__init__("careful")
        self._emitter = emitter

    async def initialize(self) -> None:
        self._listen("a", self._heard)
        self._listen("b", self._heard)

    def _listen(self, event: str, callback: Callable[[], None]) -> None:
        self._emitter.on(event, callback)
        self.register_pair(self._emitter.off, event, callback, seconds=5)

    def _heard(self) -> None:
        self.log.info("heard")
