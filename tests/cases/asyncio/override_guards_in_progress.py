"""Guards that wait for the close that is in progress already."""
# rule: DMN201, DMN202, DMN203
from __future__ import annotations

import asyncio


class Broker:
    """A broker."""

    def __init__(self) -> None:
        self.topics: list[str] = []

    async def close(self) -> None:
        self.topics.clear()

    async def stop(self) -> None:
        self.topics.clear()

    async def shutdown(self) -> None:
        self.topics.clear()

    async def aclose(self) -> None:
        self.topics.clear()


class SafeBroker(Broker):
    """Concurrent callers wait for the first."""

    def __init__(self) -> None:
        super().__init__()
        self._close_task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Lock()
        self._closed = asyncio.Event()
        self._waiter: asyncio.Future[None] | None = None

    async def close(self) -> None:
        if self._close_task is None:
            self._close_task = asyncio.create_task(super().close())
        await asyncio.shield(self._close_task)

    async def stop(self) -> None:
        if self._stopping.locked():
            return
        async with self._stopping:
            await super().stop()

    async def shutdown(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        await super().shutdown()

    async def aclose(self) -> None:
        if self._waiter is not None:
            await self._waiter
            return
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await super().aclose()
        finally:
            self._waiter.set_result(None)
