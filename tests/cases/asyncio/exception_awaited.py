"""Awaiting the task itself is its end; awaiting something else first is not."""
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

    async def itself(self) -> None:
        task = asyncio.create_task(self.work())
        await task

    async def other_first(self) -> None:
        task = asyncio.create_task(self.work())  # error: DMN105
        await self.connect()
        await task

    async def gathered(self) -> None:
        task = asyncio.create_task(self.work())
        await asyncio.gather(task, self.connect())
