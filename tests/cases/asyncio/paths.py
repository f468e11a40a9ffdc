"""Handles lost on one path of a function, and the same with every path covered."""
# rule: DMN103

import asyncio


class Job:
    fast = False

    async def leaky(self, wait: bool) -> None:
        task = asyncio.create_task(self.step())  # error: DMN103
        if wait:
            await task

    async def covered(self, wait: bool) -> None:
        task = asyncio.create_task(self.step())
        if wait:
            await task
        else:
            task.cancel()

    async def optional(self, wait: bool) -> None:
        task = asyncio.create_task(self.step()) if wait else None
        print("between")
        if task:
            await task

    async def matched(self, mode: str) -> None:
        task = asyncio.create_task(self.step())  # error: DMN103
        match mode:
            case "wait":
                await task
            case "stop":
                task.cancel()

    async def in_finally(self) -> None:
        task = asyncio.create_task(self.step())
        try:
            await asyncio.sleep(1)
            if self.fast:
                return
        finally:
            task.cancel()

    async def step(self) -> None:
        print("step")

    async def stop(self) -> None:
        print("stopped")
