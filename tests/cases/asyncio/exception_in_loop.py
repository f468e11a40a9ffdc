"""In a loop a later round may raise while the earlier handle is open."""
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

    async def rounds(self) -> None:
        for _ in range(3):
            task = asyncio.create_task(self.work())  # error: DMN105
            await self.connect()
            task.cancel()

    async def safe_rounds(self) -> None:
        for _ in range(3):
            await self.connect()
            self.tasks.append(asyncio.create_task(self.work()))
