"""Handles of helpers that are tested and nothing else, in a local."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus


class Page:
    """None of these is released."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def _maybe(self, topic: str):
        if topic:
            return self.bus.subscribe(topic, print)
        return None

    def one(self) -> None:
        self._maybe("a")  # error: DMN101

    def two(self) -> bool:
        handle = self._maybe("b")  # error: DMN101
        if handle is None:
            return False
        return True

    def three(self) -> bool:
        handle = self._maybe("c")  # error: DMN101
        return handle is not None

    def four(self) -> bool:
        handle = self.bus.subscribe("d", print)  # error: DMN101
        return handle is not None

    def five(self) -> bool:
        handle = self.bus.subscribe("e", print)  # error: DMN101
        if handle:
            return True
        return False

    def close(self) -> None:
        print("closed")
