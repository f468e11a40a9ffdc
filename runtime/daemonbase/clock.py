"""One timer of the event loop for all intervals of a daemon.

The heap of asyncio compares its timers in Python, and each of them must be cancelled by itself.
Here the heap holds numbers, which compare in C, and the end of a daemon cancels one timer.
"""

from __future__ import annotations

import asyncio
from contextvars import Context
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daemonbase.intervals import Interval

_COMPACT_FROM = 32


class Clock:
    """The intervals of one daemon in one loop, by the time at which they are due."""

    __slots__ = (
        "_at",
        "_batch",
        "_context",
        "_due",
        "_handle",
        "_heap",
        "_slow",
        "loop",
        "previous",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop, previous: Clock | None) -> None:
        self.loop = loop
        self.previous = previous  # of another loop
        # Most intervals have a time of their own; those that share one stand in order of coming.
        self._at: dict[float, Interval | dict[Interval, None]] = {}
        self._heap: list[float] = []  # its keys, and some that have gone
        self._due = 0.0
        self._handle: asyncio.TimerHandle | None = None
        self._batch: list[Interval] | None = None  # those of this moment that have yet to tick
        # Each interval has its own. The timer would keep that of whoever was the first for ever.
        self._context = Context()
        self._slow: float = getattr(loop, "slow_callback_duration", 0.1)

    def add(self, due: float, interval: Interval) -> None:
        """Let it tick then."""
        interval.due = due
        at = self._at
        found = at.get(due)
        if found is None:
            at[due] = interval
            heappush(self._heap, due)
            if self._batch is None and (self._handle is None or due < self._due):
                self._rest()
                self._arm(due)
        elif isinstance(found, dict):
            found[interval] = None
        else:
            at[due] = {found: None, interval: None}

    def drop(self, interval: Interval) -> None:
        """Let it not tick any more."""
        due, interval.due = interval.due, None
        if due is None:
            return
        found = self._at.get(due)
        if isinstance(found, dict):
            found.pop(interval, None)
            if not found:
                del self._at[due]
        elif found is interval:
            del self._at[due]
        if not self._at:
            self._heap.clear()
            self._rest()
        elif len(self._heap) > _COMPACT_FROM + 2 * len(self._at):
            self._heap[:] = self._at
            heapify(self._heap)

    def close(self) -> None:
        """Forget all, those of this moment included."""
        self._at.clear()
        self._heap.clear()
        self._rest()
        if self._batch is not None:  # an eager task (Python 3.12+) has ended the daemon
            self._batch.clear()
        if self.previous is not None:
            self.previous.close()
            self.previous = None

    def _rest(self) -> None:
        handle = self._handle
        if handle is not None:
            self._handle = None
            handle.cancel()

    def _arm(self, due: float) -> None:
        self._due = due
        self._handle = self.loop.call_at(due, self._fire, context=self._context)

    def _fire(self) -> None:
        self._handle = None
        heap, at = self._heap, self._at
        now = self.loop.time()
        limit = now if now > self._due else self._due  # a timer may come a hair early
        batch: list[Interval] = []
        self._batch = batch
        while heap and heap[0] <= limit:
            found = at.pop(heappop(heap), None)
            if isinstance(found, dict):
                batch += found
            elif found is not None:
                batch.append(found)
        batch.reverse()
        try:
            while batch:
                interval = batch.pop()
                if interval.due is not None:  # or another one of this batch has stopped it
                    began, now = now, interval.context.run(interval.tick, now)
                    if now - began > self._slow:
                        interval.was_slow(now - began)
        finally:
            # KeyboardInterrupt leaves the loop, which may be run again.
            for interval in reversed(batch):
                if interval.due is not None:
                    self.add(interval.due, interval)
            self._batch = None
            while heap:
                if heap[0] in at:
                    self._arm(heap[0])
                    break
                heappop(heap)
