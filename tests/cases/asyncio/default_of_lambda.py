"""The default of a lambda's parameter holds the handle for whoever calls the lambda."""
# rule: DMN103

import asyncio
import contextlib


class Owner:
    def __init__(self) -> None:
        self.stack = contextlib.ExitStack()

    async def start(self) -> None:
        task = asyncio.create_task(self.work())
        self.stack.callback(lambda task=task: task.cancel())

        def undo(second=asyncio.create_task(self.work())) -> None:
            second.cancel()

        self.stack.callback(undo)
        third = asyncio.create_task(self.work())  # error: DMN103
        self.stack.callback(lambda third=None: third)

    async def stop(self) -> None:
        self.stack.close()

    async def work(self) -> None:
        await asyncio.Event().wait()
