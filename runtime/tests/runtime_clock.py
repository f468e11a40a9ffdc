"""A loop whose time is virtual: nothing sleeps, timers fire in order, at once."""

from __future__ import annotations

import asyncio
import heapq
import math
import os
import sys
from collections import deque
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class VirtualLoop(asyncio.SelectorEventLoop):
    """Jumps to the next timer whenever nothing is ready."""

    # Private to asyncio, and the only way to see what is due.
    _ready: deque[asyncio.Handle]
    _scheduled: list[Any]

    def __init__(self, start: float = 0.0) -> None:
        super().__init__()
        self._virtual = start

    def time(self) -> float:
        return self._virtual

    def advance(self, seconds: float) -> None:
        """Let time pass without running anything, as a blocking call does."""
        self._virtual += seconds

    def _run_once(self) -> None:
        if not self._ready:
            while self._scheduled and self._scheduled[0]._cancelled:
                heapq.heappop(self._scheduled)._scheduled = False
            if self._scheduled:
                self._virtual = max(self._virtual, self._scheduled[0]._when)
                # Far from zero, floats are coarser than the loop's resolution: nothing would fire.
                self._clock_resolution = max(1e-9, math.ulp(self._virtual))
        run_once: Any = vars(asyncio.BaseEventLoop)["_run_once"]
        run_once(self)

    def live_timers(self) -> int:
        """Timers that would still fire."""
        return sum(not handle.cancelled() for handle in self._scheduled)


EAGER = os.environ.get("RUNTIME_TEST_TASKS") == "eager"
"""Whether the tests run with asyncio's eager task factory (Python 3.12 or newer)."""


def make_eager(loop: asyncio.AbstractEventLoop) -> None:
    """Let tasks of a loop begin at once; for Python 3.12 or newer."""
    if sys.version_info >= (3, 12):
        loop.set_task_factory(asyncio.eager_task_factory)


def run(coroutine: Coroutine[Any, Any, T], start: float = 0.0, debug: bool = False) -> T:
    """Run a coroutine on a virtual loop."""
    loop = VirtualLoop(start)
    loop.set_debug(debug)
    if EAGER:
        make_eager(loop)
    try:
        return loop.run_until_complete(coroutine)
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


async def steps(count: int) -> None:
    """Let the loop make some steps."""
    for _ in range(count):
        await asyncio.sleep(0)


def loop() -> VirtualLoop:
    """The running loop, which must be a virtual one."""
    running = asyncio.get_running_loop()
    assert isinstance(running, VirtualLoop)
    return running


def left() -> dict[str, int]:
    """What is still alive: timers, and tasks other than the caller's."""
    return {
        "timers": loop().live_timers(),
        "tasks": len(asyncio.all_tasks()) - 1,
    }
