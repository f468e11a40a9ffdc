"""Short forms of release: `and`, match, try/except, conditional expression, getattr."""

# rule: DMN101, DMN102, DMN103
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Station:
    """A weather station."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._a: asyncio.Task[None] | None = None
        self._b: asyncio.Task[None] | None = None
        self._off = None

    def start(self) -> None:
        self._a = asyncio.create_task(self._work())
        self._b = asyncio.create_task(self._work())
        self._c = asyncio.create_task(self._work())
        self._d = asyncio.get_running_loop().call_later(9, print)
        self._off = self._bus.subscribe("wind", print)
        self._rain = self._bus.subscribe("rain", print)

    async def _work(self) -> None:
        await asyncio.Event().wait()

    def stop(self) -> None:
        self._a and self._a.cancel()
        match self._b:
            case asyncio.Task() as task:
                task.cancel()
            case None:
                pass
        try:
            self._c.cancel()
        except AttributeError:
            pass
        getattr(self, "_d").cancel()
        (self._off or (lambda: None))()
        self._rain() if self._rain is not None else None
