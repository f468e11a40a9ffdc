"""Intervals on a fixed grid: no drift, no overlap, no bursts.

Tick k is due at start + k * seconds, multiplied and not summed, so that no float error adds up. As
in tornado's PeriodicCallback the next tick is the first of the grid after the callback has ended.
One entry of the daemon's clock while it waits, and a task only while an async callback runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING, Final

from daemonbase import tracking
from daemonbase.checks import check_callback, check_name, check_seconds, is_awaitable
from daemonbase.clock import Clock
from daemonbase.errors import describe
from daemonbase.types import Callback, ErrorHandler, IntervalStats

if TYPE_CHECKING:
    from daemonbase.holdings import Holdings


_LEAVING: Final = (KeyboardInterrupt, SystemExit)
_MOST: Final = 2.0**63  # a period next to nothing makes the quotient infinite


def next_tick(start: float, seconds: float, k: int, now: float) -> int:
    """The number of the first tick of the grid after `now`, and after tick `k`, which has come.

    Tick n is due at `start + n * seconds`. Timers may fire a hair early, so `now` may be before
    tick `k`; the next tick is a later one all the same.
    """
    if now < start + (k + 1) * seconds:
        return k + 1
    found = int(min((now - start) / seconds, _MOST)) + 1
    # The division may be off by one in the last bit; the grid itself decides.
    if start + found * seconds <= now:
        return found + 1
    if start + (found - 1) * seconds > now:
        return found - 1
    return found


class Interval:
    """One named interval of a daemon."""

    __slots__ = (
        "_began",
        "_callback",
        "_clock",
        "_holdings",
        "_jitter",
        "_k",
        "_on_error",
        "_start",
        "active",
        "context",
        "due",
        "errors",
        "last_duration",
        "last_error",
        "missed",
        "name",
        "place",
        "seconds",
        "ticks",
        "total_duration",
    )

    def __init__(
        self,
        holdings: Holdings,
        name: str,
        callback: Callback,
        seconds: float,
        *,
        immediate: bool,
        jitter: float,
        on_error: ErrorHandler | None,
        clock: Clock,
    ) -> None:
        self.name = name
        self.seconds = seconds
        self.ticks = 0
        self.missed = 0
        self.errors = 0
        self.last_error: str | None = None
        self.last_duration: float | None = None
        self.total_duration = 0.0
        self.place: tracking.Place | None = None
        self._holdings = holdings
        self.active = True
        self._callback = callback
        self._jitter = jitter
        self._on_error = on_error
        self._clock = clock
        self.context = copy_context()
        self._start = self._began = clock.loop.time()
        self._k = 0 if immediate else 1
        self.due: float | None = None
        self._arm()

    def stop(self) -> None:
        """Never tick again; a callback that is running is left to end."""
        self.active = False
        self._clock.drop(self)

    def stats(self) -> IntervalStats:
        """What it has done so far."""
        return {
            "seconds": self.seconds,
            "ticks": self.ticks,
            "missed": self.missed,
            "errors": self.errors,
            "last_error": self.last_error,
            "last_duration": self.last_duration,
            "total_duration": self.total_duration,
        }

    def _arm(self) -> None:
        due = self._start + self._k * self.seconds
        if self._jitter:
            from random import random  # slow to import, and few use it

            due += random() * self._jitter
        self._clock.add(due, self)

    def tick(self, now: float) -> float:
        """Call back now; the time after that."""
        self.due = None
        self._began = now
        self.ticks += 1
        try:
            result = self._callback()
        except BaseException as error:
            now = self._ended(error)
            if isinstance(error, _LEAVING):
                raise
            return now
        if result is None or not is_awaitable(result):
            return self._ended(None)
        self._holdings.spawn(result, "interval", self.name, self.place, self._ended)
        return self._clock.loop.time()

    def _ended(self, error: BaseException | None) -> float:
        """Account for a run that is over, and wait for the next tick of the grid; the time."""
        now = self._clock.loop.time()
        self.last_duration = now - self._began
        self.total_duration += self.last_duration
        if self.active and not self._holdings.closed:
            k = next_tick(self._start, self.seconds, self._k, now)
            self.missed += k - self._k - 1
            self._k = k
            self._arm()
        if error is not None:
            self._failed(error)
        return now

    def was_slow(self, seconds: float) -> None:
        """In debug mode: say who held up the loop. asyncio knows the timer of all of them only."""
        if self._holdings.debug:
            self._holdings.say(
                logging.WARNING,
                "interval %r of %s held up the loop for %.3f s; registered at %s",
                (self.name, self._holdings.name, seconds, tracking.line_of(self.place)),
                kind="interval",
                handle=self.name,
            )

    def _failed(self, error: BaseException) -> None:
        self.errors += 1
        self.last_error = describe(error)
        self._holdings.failed("interval", self.name, error, self.place)
        if self._on_error is not None and not isinstance(error, _LEAVING):
            on_error = self._on_error
            self._holdings.call(
                lambda: on_error(error), "on_error of interval", self.name, self.place
            )


def register(
    open_holdings: Callable[[str], Holdings],
    name: str,
    callback: Callback,
    seconds: float,
    immediate: bool,
    jitter: float,
    on_error: ErrorHandler | None,
) -> None:
    """What `DaemonBase.register_interval` does; `open_holdings` refuses if the daemon has ended."""
    check_name(name, "an interval's name")
    check_callback(callback, f"the callback of interval '{name}'")
    period = check_seconds(seconds, "seconds")
    late = check_seconds(jitter, "jitter", zero=True)
    if late >= period:
        raise ValueError(f"jitter must be less than seconds ({seconds!r}), got {jitter!r}")
    if on_error is not None:
        check_callback(on_error, "on_error")
    holdings = open_holdings(f"interval '{name}'")
    loop = holdings.bind("register_interval()")
    replaced = holdings.intervals.pop(name, None)
    if replaced is not None:
        replaced.stop()
    clock = holdings.clock
    if clock is None or clock.loop is not loop:
        holdings.clock = clock = Clock(loop, clock)
    holdings.intervals[name] = interval = Interval(
        holdings,
        name,
        callback,
        period,
        immediate=immediate,
        jitter=late,
        on_error=on_error,
        clock=clock,
    )
    if holdings.debug:
        interval.place = tracking.here()
