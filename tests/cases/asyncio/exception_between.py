"""A call between the acquire and the release may raise."""
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

    async def straight(self) -> None:
        task = asyncio.create_task(self.work())  # error: DMN105
        await self.connect()
        task.cancel()

    async def called(self) -> None:
        timer = asyncio.get_running_loop().call_later(9, print)  # error: DMN105
        self.check()
        timer.cancel()
