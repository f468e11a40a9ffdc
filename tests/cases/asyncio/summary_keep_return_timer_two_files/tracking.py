"""Tracks."""

from __future__ import annotations

import asyncio


class TimerMixin:
    _timers: list[asyncio.TimerHandle]

    def track(self, timer: asyncio.TimerHandle) -> asyncio.TimerHandle:
        self._timers.append(timer)
        return timer

    def cancel_timers(self) -> None:
        while self._timers:
            self._timers.pop().cancel()
