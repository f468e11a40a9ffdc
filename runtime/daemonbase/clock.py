"""One timer of the event loop for all intervals of a daemon.

The heap of asyncio compares its timers in Python, and each of them must be cancelled by itself.
Here the heap holds numbers, which compare in C, and the end of a daemon cancels one timer.
"""

from __future__ import annotations

import asyncio
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daemonbase.intervals import Interval

_COMPACT_FROM = 32


class Clock:
    """The intervals of one daemon in one loop, by the time at which they are due."""

    __slots__ = ("_at", "_due", "_firing", "_handle", "_heap", "loop", "previous")

    def __init__(self, loop: asyncio.AbstractEventLoop, previous: Clock | None) -> None:
        self.loop = loop
        self.previous = previous  # of another loop, which is closed
        # Most intervals have a time of their own; those that share one stand in order of coming.
        self._at: dict[float, Interval | dict[Interval, None]] = {}
        self._heap: list[float] = []  # its keys, and some that have gone
        self._due = 0.0
        self._firing = False
        self._handle: asyncio.TimerHandle | None = None

    def add(self, due: float, interval: Interval) -> None:
        """Let it tick then."""
        interval.due = due
        found = self._at.get(due)
        if found is None:
            self._at[due] = interval
            heappush(self._heap, due)
            if not self._firing and (self._handle is None or due < self._due):
                self._arm(due)
        elif isinstance(found, dict):
            found[interval] = None
        else:
            self._at[due] = {found: None, interval: None}

    def drop(self, interval: Interval) -> None:
        """Let it not tick any more."""
        due, interval.due = interval.due, None
        if due is None:
            return
        found = self._at.get(due)
        if isinstance(found, dict):
            found.pop(interval, None)
        if found is interval or found == {}:
            del self._at[due]
        if not self._at:
            self._heap.clear()
            self._rest()
        elif len(self._heap) > _COMPACT_FROM + 2 * len(self._at):
            self._heap[:] = self._at
            heapify(self._heap)

    def close(self) -> None:
        """Forget all."""
        self._at.clear()
        self._heap.clear()
        self._rest()
        if self.previous is not None:
            self.previous.close()
            self.previous = None

    def _rest(self) -> None:
        handle = self._handle
        if handle is not None:
            self._handle = None
            handle.cancel()

    def _arm(self, due: float) -> None:
        self._rest()
        self._due = due
        self._handle = self.loop.call_at(due, self._fire)

    def _fire(self) -> None:
        self._handle = None
        heap, at = self._heap, self._at
        limit = max(self._due, self.loop.time())  # a timer may come a hair early
        batch: list[Interval] = []
        while heap and heap[0] <= limit:
            found = at.pop(heappop(heap), None)
            if isinstance(found, dict):
                batch += found
            elif found is not None:
                batch.append(found)
        batch.reverse()
        self._firing = True
        try:
            while batch:
                interval = batch.pop()
                if interval.due is not None:  # or another one of this batch has stopped it
                    interval.context.run(interval.tick)
        finally:
            # KeyboardInterrupt leaves the loop, which may be run again.
            for interval in reversed(batch):
                if interval.due is not None:
                    self.add(interval.due, interval)
            self._firing = False
            if heap:
                self._arm(heap[0])
