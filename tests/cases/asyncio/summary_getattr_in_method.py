"""stop() calls a method that takes the name of a field, or loops over a class-level tuple."""

# rule: DMN102
from __future__ import annotations

import asyncio


class Blinker:
    """Ended by name."""

    _TIMERS = ("_slow", "_slower")

    def __init__(self) -> None:
        self._fast: asyncio.TimerHandle | None = None

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._fast = loop.call_later(1, print)
        self._slow = loop.call_later(2, print)
        self._slower = loop.call_later(3, print)

    def _cancel(self, name: str) -> None:
        timer = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)

    def stop(self) -> None:
        self._cancel("_fast")
        for name in self._TIMERS:
            getattr(self, name).cancel()
