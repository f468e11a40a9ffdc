"""An explicit `raise` loses it too."""
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

    async def explicit(self, wrong: bool) -> None:
        task = asyncio.create_task(self.work())  # error: DMN105
        if wrong:
            raise ValueError("wrong")
        task.cancel()

    async def released_first(self, wrong: bool) -> None:
        task = asyncio.create_task(self.work())
        if wrong:
            task.cancel()
            raise ValueError("wrong")
        task.cancel()
