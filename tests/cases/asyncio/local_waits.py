"""Tasks that the same function awaits, gathers, joins or leaves a with block with."""
# rule: DMN103

import asyncio
import threading
from contextlib import AsyncExitStack


class Runner:
    async def both(self) -> None:
        first = asyncio.create_task(self.step())
        second = asyncio.create_task(self.step())
        done, pending = await asyncio.wait({first, second})
        print(done, pending)

    async def gathered(self) -> list[None]:
        tasks = [asyncio.create_task(self.step()) for _ in range(3)]
        return await asyncio.gather(*tasks)

    async def grouped(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.step())

    async def stacked(self) -> None:
        async with AsyncExitStack() as stack:
            task = asyncio.create_task(self.step())
            stack.callback(task.cancel)

    def joined(self) -> None:
        threads = [threading.Thread(target=print) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    async def until_done(self) -> None:
        task = asyncio.create_task(self.step())
        while not task.done():
            await asyncio.sleep(1)

    async def timed(self) -> None:
        task = asyncio.create_task(self.step())
        try:
            await asyncio.wait_for(task, 5)
        except asyncio.TimeoutError:
            task.cancel()

    async def step(self) -> None:
        print("step")

    async def close(self) -> None:
        print("closed")
