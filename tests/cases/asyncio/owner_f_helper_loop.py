"""The task's coroutine calls the one that loops."""

# rule: DMN102, DMN103
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Thing:
    """A thing that starts and closes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._running = True

    def start(self) -> None:
        self._task = asyncio.create_task(self._outer())

    async def _run(self) -> None:
        await asyncio.Event().wait()

    async def _outer(self) -> None:
        print("begin")
        await self._poll()

    async def _poll(self) -> None:
        while self._running:
            await asyncio.sleep(1)

    async def close(self) -> None:
        self._running = False
