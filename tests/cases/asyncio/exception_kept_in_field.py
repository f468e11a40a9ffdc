"""What a field holds is not lost: its owner ends it."""
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

    async def field(self) -> None:
        self.task = asyncio.create_task(self.work())
        await self.connect()
        self.task.cancel()

    async def into_list(self) -> None:
        self.tasks.append(asyncio.create_task(self.work()))
        await self.connect()
