"""The sentinel's test comes with other work between; put through a helper."""

# rule: DMN103
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Thing:
    """A thing that starts and closes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._q: asyncio.Queue[str | None] = asyncio.Queue()

    def start(self) -> None:
        self._task = asyncio.create_task(self._drain())

    async def _run(self) -> None:
        await asyncio.Event().wait()

    async def _drain(self) -> None:
        while True:
            line = await self._q.get()
            try:
                if line is None:
                    return
                print(line)
            finally:
                self._q.task_done()

    def send(self, line: str | None) -> None:
        self._q.put_nowait(line)

    async def close(self) -> None:
        self.send(None)
