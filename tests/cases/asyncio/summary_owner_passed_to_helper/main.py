"""stop() passes self to functions of another module, which release its fields."""

# case: multi-file
# rule: DMN101, DMN102, DMN103
from __future__ import annotations

import asyncio

from closing import Closer, close_fields, end_owner, stop_named
from daemonbase import EventBus


class Page:
    """All four fields are released by others; the fifth is not."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._closer = Closer(self)
        self._by_closer = bus.subscribe("a", print)
        self._handles = [bus.subscribe("b", print)]

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(5, print)
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        await asyncio.Event().wait()

    def stop(self) -> None:
        self._closer.run()
        end_owner(self)
        stop_named(self, "_task")
        close_fields(self)
