"""A tracked timer, by a mixin of another module that keeps and returns it."""

# case: multi-file
# rule: DMN102
from __future__ import annotations

import asyncio

from tracking import TimerMixin


class Clock(TimerMixin):
    """Its timers are tracked."""

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.track(loop.call_later(1, print, "one"))
        timer = loop.call_later(2, print, "two")
        self.track(timer)
        self.track(timer=loop.call_later(3, print, "three"))

    def stop(self) -> None:
        self.cancel_timers()
