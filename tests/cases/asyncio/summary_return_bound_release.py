"""A helper returns task.cancel; one result is kept and called, one dropped."""

# rule: DMN103
from __future__ import annotations

import asyncio


class Pumps:
    """Two pumps, one of which goes on for ever."""

    def __init__(self, queue: asyncio.Queue[str]) -> None:
        self.queue = queue

    def _pump(self):
        """Start a pump; the result ends it."""
        task = asyncio.create_task(self._run())
        return task.cancel

    async def _run(self) -> None:
        while True:
            print(await self.queue.get())

    async def start(self) -> None:
        self._end = self._pump()
        self._pump()  # error: DMN103

    async def stop(self) -> None:
        self._end()
