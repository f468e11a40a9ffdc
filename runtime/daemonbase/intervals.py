"""Intervals on a fixed grid: no drift, no overlap, no bursts."""

from __future__ import annotations

import asyncio
import inspect
import logging
import math
from collections.abc import Awaitable, Callable

from daemonbase.events import is_cancelled
from daemonbase.types import Callback

Spawn = Callable[[Awaitable[object], str], "asyncio.Task[object]"]


def check_seconds(seconds: float, what: str, *, zero: bool = False) -> float:
    """A finite number of seconds, above zero unless `zero` allows it.

    Raises TypeError for what is not a number (or is a bool), ValueError for other numbers.
    """
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{what} must be a number of seconds, got {seconds!r}")
    if not math.isfinite(seconds) or seconds < 0 or (seconds == 0 and not zero):
        least = "zero or more" if zero else "more than zero"
        raise ValueError(f"{what} must be {least} and finite, got {seconds!r}")
    return float(seconds)


def check_callback(callback: object, what: str) -> None:
    """Raise TypeError unless `callback` can be called; a coroutine object cannot, again."""
    if inspect.iscoroutine(callback):
        callback.close()
        raise TypeError(f"{what} must be a function, not the coroutine that calling it gives")
    if not callable(callback):
        raise TypeError(f"{what} must be callable, got {callback!r}")


class Interval:
    """One named interval: tick k is due at start + k * seconds.

    A tick that finds the callback still running is missed and counted; a blocked loop makes up
    for nothing. One timer handle at a time; a task only while an async callback runs.
    """

    __slots__ = (
        "_callback",
        "_handle",
        "_k",
        "_log",
        "_loop",
        "_spawn",
        "_start",
        "missed",
        "name",
        "running",
        "seconds",
        "ticks",
    )

    def __init__(
        self,
        name: str,
        callback: Callback,
        seconds: float,
        *,
        immediate: bool,
        spawn: Spawn,
        log: logging.Logger,
    ) -> None:
        self.name = name
        self.seconds = seconds
        self.ticks = 0
        self.missed = 0
        self.running = False
        self._callback: Callback | None = callback
        self._spawn = spawn
        self._log = log
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._k = 0 if immediate else 1
        due = self._start + self._k * seconds
        self._handle: asyncio.TimerHandle | None = self._loop.call_at(due, self._tick)

    @property
    def active(self) -> bool:
        """Whether the interval still ticks."""
        return self._handle is not None

    def stop(self) -> None:
        """Never tick again; a callback that is running is left to end."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = self._callback = None

    def _tick(self) -> None:
        callback = self._callback
        if callback is None:
            return
        passed = int((self._loop.time() - self._start) / self.seconds)
        # Timers may fire a hair early; the next tick is always a later one.
        following = max(self._k + 1, passed + 1)
        self.missed += following - self._k - 1
        self._k = following
        self._handle = self._loop.call_at(self._start + following * self.seconds, self._tick)
        if self.running:
            self.missed += 1
            return
        self.ticks += 1
        try:
            result = callback()
        except (Exception, asyncio.CancelledError):
            self._log.exception("interval %r failed; it goes on", self.name)
            return
        if result is not None and inspect.isawaitable(result):
            self.running = True
            self._spawn(self._finish(result), self.name)

    async def _finish(self, result: Awaitable[object]) -> None:
        try:
            await result
        except asyncio.CancelledError:
            if is_cancelled():
                raise
            self._log.exception("interval %r was cancelled from inside; it goes on", self.name)
        except Exception:
            self._log.exception("interval %r failed; it goes on", self.name)
        finally:
            self.running = False
