"""A property setter releases what was there; stop() assigns None."""

# rule: DMN102, DMN104
from __future__ import annotations

import asyncio


class Blinker:
    """The setter is the only one that touches `_timer`."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None

    @property
    def timer(self) -> asyncio.TimerHandle | None:
        return self._timer

    @timer.setter
    def timer(self, new: asyncio.TimerHandle | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = new

    def arm(self) -> None:
        loop = asyncio.get_running_loop()
        self.timer = loop.call_later(1, print, "first")
        self.timer = loop.call_later(2, print, "second")

    def stop(self) -> None:
        self.timer = None
