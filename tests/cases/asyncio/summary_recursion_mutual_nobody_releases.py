"""Two functions hand the handle to each other until the count is down; neither ends it."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus, Unsubscribe


def tick(handle: Unsubscribe, count: int) -> int:
    if count <= 0:
        return 0
    return 1 + tock(handle, count - 1)


def tock(handle: Unsubscribe, count: int) -> int:
    if count <= 0:
        return 0
    return 1 + tick(handle, count - 1)


class Clock:
    """Passes its handle around, and never ends it."""

    def __init__(self, bus: EventBus) -> None:
        self._handle = bus.subscribe("second", print)  # error: DMN101

    def close(self) -> None:
        print(tick(self._handle, 4))
