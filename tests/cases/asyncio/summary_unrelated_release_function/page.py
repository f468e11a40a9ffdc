"""Forgets."""

from __future__ import annotations

from daemonbase import EventBus


class Page:
    """Wrong."""

    def __init__(self, bus: EventBus) -> None:
        self._unsub = bus.subscribe("event", print)  # error: DMN101

    def close(self) -> None:
        print("closed")
