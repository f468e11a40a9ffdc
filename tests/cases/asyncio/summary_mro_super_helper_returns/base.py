"""Listens."""

from __future__ import annotations

from daemonbase import EventBus


class Listener:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def _listen(self, topic: str):
        return self.bus.subscribe(topic, print)
