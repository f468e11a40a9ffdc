"""That one handle of a name was handed on says nothing of the next handle of that name."""
# rule: DMN103

import asyncio
import contextlib


class Owner:
    def __init__(self) -> None:
        self.stack = contextlib.ExitStack()

    async def start(self) -> None:
        task = asyncio.create_task(self.work())
        self.stack.callback(task.cancel)
        task = asyncio.create_task(self.work())  # error: DMN103

    async def start_both(self) -> None:
        task = asyncio.create_task(self.work())
        self.stack.callback(task.cancel)
        task = asyncio.create_task(self.work())
        self.stack.callback(task.cancel)

    async def stop(self) -> None:
        self.stack.close()

    async def work(self) -> None:
        await asyncio.Event().wait()
