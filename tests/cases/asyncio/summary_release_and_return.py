"""Helpers that release the handle and return it, or return None for the field."""

# rule: DMN101, DMN102, DMN104
from __future__ import annotations

import asyncio

from daemonbase import EventBus, Unsubscribe


def ended(handle: Unsubscribe) -> Unsubscribe:
    handle()
    return handle


def cancelled(timer: asyncio.TimerHandle | None) -> None:
    """So that one can write `self.timer = cancelled(self.timer)`."""
    if timer is not None:
        timer.cancel()
    return None


class Page:
    """Everything is ended."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._handle = bus.subscribe("a", print)
        self._timer: asyncio.TimerHandle | None = None

    def arm(self) -> None:
        self._timer = cancelled(self._timer)
        self._timer = asyncio.get_running_loop().call_later(5, print)

    def once(self) -> None:
        ended(self.bus.subscribe("b", print))

    def close(self) -> None:
        ended(self._handle)
        self._timer = cancelled(self._timer)
