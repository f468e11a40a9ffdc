"""The handler is the timer's callback and the event's too: the event overwrites a live timer."""

# rule: DMN104
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Refresher:
    """Refreshes every minute, and whenever somebody asks."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self._off = self._bus.subscribe("refresh", self._refresh)
        self._refresh(None)

    def _refresh(self, payload: object) -> None:
        print("refresh", payload)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(60, self._refresh, None)  # error: DMN104

    def close(self) -> None:
        self._off()
        if self._timer is not None:
            self._timer.cancel()
