"""`if self._close_task is None: create_task(super().close())`."""
# rule: DMN201, DMN202, DMN203
import asyncio


class Base:
    n = 1

    async def stop(self) -> None:
        self.n = 0

    async def close(self) -> None:
        self.n = 0

    async def shutdown(self) -> None:
        self.n = 0

    async def cleanup(self) -> None:
        self.n = 0

    async def dispose(self) -> None:
        self.n = 0


class Leaf(Base):
    def __init__(self) -> None:
        self._close_task: asyncio.Task[None] | None = None
        self._stop_task: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        if self._close_task is None:
            self._close_task = asyncio.create_task(super().stop())
        await self._close_task

    async def close(self) -> None:
        if self._close_task is None:
            self._close_task = asyncio.create_task(super().close())
        await asyncio.shield(self._close_task)

    async def shutdown(self) -> None:
        if self._stop_task is None:
            self._stop_task = asyncio.ensure_future(super().shutdown())
        await self._stop_task

    async def cleanup(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(super().cleanup())
        await self._task

    async def dispose(self) -> None:
        if self._ending is None:
            self._ending = asyncio.ensure_future(super().dispose())
        await self._ending
    _ending: "asyncio.Future[None] | None" = None
