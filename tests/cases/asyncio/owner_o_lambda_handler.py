"""The handler is a lambda over a method that overwrites a live timer."""

# rule: DMN104
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Watch:
    """Re-arms at each event."""

    def __init__(self, bus: EventBus) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._off = bus.subscribe("event", lambda payload: self._arm(1))

    def _arm(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, print)  # error: DMN104

    def close(self) -> None:
        self._off()
        if self._timer:
            self._timer.cancel()
