"""A feed whose close() walks a class constant of attribute names and cancels what is there."""

# rule: DMN102, DMN103
from __future__ import annotations

import asyncio


class Feed:
    """Reads, writes and keeps alive."""

    _HANDLES = ("_reader", "_writer", "_keepalive")

    def __init__(self, queue: asyncio.Queue[bytes]) -> None:
        self._queue = queue
        self._reader: asyncio.Task[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._keepalive: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._reader = asyncio.create_task(self._read())
        self._writer = asyncio.create_task(self._write())
        self._keepalive = loop.call_later(30, self._ping)

    async def _read(self) -> None:
        while True:
            print(await self._queue.get())

    async def _write(self) -> None:
        while True:
            await self._queue.put(b"x")

    def _ping(self) -> None:
        self._queue.put_nowait(b"ping")

    async def close(self) -> None:
        for name in self._HANDLES:
            handle = getattr(self, name, None)
            if handle is not None:
                handle.cancel()
            setattr(self, name, None)
