"""A helper pushes the handle on an exit stack and returns it."""

# rule: DMN101
from __future__ import annotations

from contextlib import ExitStack

from daemonbase import EventBus, Subscription


class Page:
    """Everything is on the stack."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._stack = ExitStack()

    def _listen(self, topic: str) -> Subscription:
        handle = self.bus.subscribe(topic, print)
        self._stack.callback(handle)
        return handle

    def _hear(self, topic: str):
        return self._stack.enter_context(self.bus.subscribe(topic, print))

    def start(self) -> None:
        self._listen("a")
        self._hear("b")

    def close(self) -> None:
        self._stack.close()
