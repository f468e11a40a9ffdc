"""Nothing that can raise stands between the acquire and the discharge."""
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

    async def at_once(self) -> None:
        task = asyncio.create_task(self.work())
        self.tasks.append(task)
        await self.connect()

    async def looked_at(self) -> None:
        task = asyncio.create_task(self.work())
        _LOGGER.debug("started %s", task)
        print(len(self.tasks))
        self.stack.callback(task.cancel)
        self.check()

    async def nested(self) -> None:
        self.stack.callback(asyncio.create_task(self.work()).cancel)
        await self.connect()
