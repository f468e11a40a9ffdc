"""A `with` block that owns it ends it; one that does not lets it go."""
# rule: DMN105

import asyncio
import contextlib
import logging

_LOGGER = logging.getLogger(__name__)


class Owner:
    def __init__(self) -> None:
        self.stack = contextlib.ExitStack()
        self.tasks: list[asyncio.Task[None]] = []

    async def work(self) -> None:
        await asyncio.Event().wait()

    async def connect(self) -> None: ...

    def check(self) -> None: ...

    async def close(self) -> None:
        self.stack.close()
        for task in self.tasks:
            task.cancel()

    async def owned(self) -> None:
        with contextlib.ExitStack() as stack:
            task = asyncio.create_task(self.work())
            stack.callback(task.cancel)
            await self.connect()

    async def grouped(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.work())
            await self.connect()

    async def not_owned(self) -> None:
        async with asyncio.Lock():
            task = asyncio.create_task(self.work())  # error: DMN105
            await self.connect()
            task.cancel()
