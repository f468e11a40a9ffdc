"""The coroutine goes through a variable, a list, a gather, wait_for, shield, a task."""
# rule: DMN201, DMN202, DMN203
from __future__ import annotations

import asyncio


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def stop(self) -> None:
        self.sessions.clear()

    async def aclose(self) -> None:
        self.sessions.clear()

    async def shutdown(self) -> None:
        self.sessions.clear()

    async def disconnect(self) -> None:
        self.sessions.clear()

    async def terminate(self) -> None:
        self.sessions.clear()

    async def cleanup(self) -> None:
        self.sessions.clear()


class SlowClient(Client):
    """Waits in every way."""

    async def flush(self) -> None:
        await asyncio.sleep(0)

    async def stop(self) -> None:
        ending = super().stop()
        await self.flush()
        await ending

    async def aclose(self) -> None:
        await asyncio.gather(self.flush(), super().aclose(), return_exceptions=True)

    async def shutdown(self) -> None:
        await asyncio.wait_for(asyncio.shield(super().shutdown()), timeout=5)

    async def disconnect(self) -> None:
        steps = [self.flush(), super().disconnect()]
        for step in steps:
            await step

    async def terminate(self) -> None:
        task = asyncio.create_task(super().terminate())
        await asyncio.wait({task}, timeout=3)

    async def cleanup(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.flush())
            group.create_task(super().cleanup())
