"""Helpers that return an alias of the local, annotated or not; one that unpacks a pair first."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus


class Page:
    """Drops all."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def _alias(self, topic: str):
        first = self.bus.subscribe(topic, print)
        result = first
        return result

    def _default_none(self, topic: str):
        result = None
        if topic:
            result = self.bus.subscribe(topic, print)
        return result

    def _annotated_local(self, topic: str):
        result: object = self.bus.subscribe(topic, print)
        return result

    def _through_or(self, topic: str):
        handle = self.bus.subscribe(topic, print)
        return handle or None

    def start(self) -> None:
        self._alias("a")  # error: DMN101
        self._default_none("b")  # error: DMN101
        self._annotated_local("c")  # error: DMN101
        self._through_or("d")  # error: DMN101

    def close(self) -> None:
        print("closed")
