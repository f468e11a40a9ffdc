"""Tasks: awaited or done before the next one starts, or lost."""
# rule: DMN104

import asyncio


class Worker:
    task: asyncio.Task[None] | None = None

    async def one_after_the_other(self) -> None:
        task = asyncio.create_task(self.step())
        await task
        task = asyncio.create_task(self.step())
        await task

    async def lost(self) -> None:
        task = asyncio.create_task(self.step())
        task = asyncio.create_task(self.step())  # error: DMN104
        await task

    async def gathered(self) -> None:
        tasks = []
        for _ in range(3):
            task = asyncio.create_task(self.step())
            tasks.append(task)
        await asyncio.gather(*tasks)

    def wakes(self) -> None:
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.step())

    async def step(self) -> None:
        await asyncio.sleep(0)

    async def close(self) -> None:
        if self.task:
            self.task.cancel()
