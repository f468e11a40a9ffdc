"""Awaiting a coroutine that makes a task gives the task; awaiting the task itself ends it."""
# rule: DMN103

import asyncio


class Owner:
    async def make(self) -> "asyncio.Task[None]":
        task = asyncio.create_task(self.work())
        await asyncio.sleep(0)
        return task

    async def start(self) -> None:
        await self.make()  # error: DMN103
        self.kept = await self.make()
        done = await self.make()
        await done
        await asyncio.create_task(self.work())

    async def stop(self) -> None:
        self.kept.cancel()

    async def work(self) -> None:
        await asyncio.sleep(1)
