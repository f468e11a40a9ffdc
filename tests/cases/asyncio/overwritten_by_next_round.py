"""A name that still holds the handle of an earlier round of the loop."""
# rule: DMN104

import asyncio


class Owner:
    async def start(self, times: int) -> None:
        a = b = None
        for _ in range(times):
            a = b = asyncio.create_task(self.work())  # error: DMN104
        if a is not None:
            a.cancel()

    async def start_all(self, times: int) -> None:
        for _ in range(times):
            task = asyncio.create_task(self.work())
            alias = task
            alias.cancel()

    async def stop(self) -> None: ...

    async def work(self) -> None:
        await asyncio.Event().wait()
