"""Self-recursion by statement: it walks, and never ends the handle."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus, Unsubscribe


def walk(handle: Unsubscribe, depth: int) -> None:
    if depth > 0:
        print(depth)
        walk(handle, depth - 1)


class Page:
    """Its handle is walked with."""

    def __init__(self, bus: EventBus) -> None:
        self._handle = bus.subscribe("a", print)  # error: DMN101

    def close(self) -> None:
        walk(self._handle, 3)
