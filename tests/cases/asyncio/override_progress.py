"""In progress."""
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

    async def disconnect(self) -> None:
        self.n = 0

    async def terminate(self) -> None:
        self.n = 0

    async def cleanup(self) -> None:
        self.n = 0


class Leaf(Base):
    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._done: asyncio.Event | None = None

    async def stop(self) -> None:
        if self._task is None:
            self._task = asyncio.ensure_future(super().stop())
        await self._task

    async def close(self) -> None:
        if self._ended:
            return await self._ended
        self._ended = asyncio.Future()
        await super().close()
        self._ended.set_result(None)

    async def shutdown(self) -> None:
        if self._ended is not None:
            return
        self._ended = asyncio.get_running_loop().create_future()
        await super().shutdown()

    async def disconnect(self) -> None:
        if self._ended is not None:
            await self._ended
            return
        self._ended = asyncio.Future()
        await super().disconnect()

    async def terminate(self) -> None:
        if self._done is not None:
            await self._done.wait()
            return
        self._done = asyncio.Event()
        await super().terminate()

    async def cleanup(self) -> None:
        if not self._task:
            self._task = asyncio.create_task(self._cleanup())
        await asyncio.shield(self._task)

    async def _cleanup(self) -> None:
        await super().cleanup()
