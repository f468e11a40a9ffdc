"""What is lost without any exception is the other rules', once."""
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

    async def dropped(self) -> None:
        asyncio.create_task(self.work())  # error: DMN103
        await self.connect()

    async def on_one_path(self, wanted: bool) -> None:
        task = asyncio.create_task(self.work())  # error: DMN103
        await self.connect()
        if wanted:
            task.cancel()
