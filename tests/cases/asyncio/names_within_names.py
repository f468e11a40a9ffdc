"""What is known of `task_two` is not forgotten because `task` is assigned."""
# rule: DMN103

import asyncio


class Owner:
    async def start(self, two: bool) -> None:
        task_two = asyncio.create_task(self.work()) if two else None
        task = asyncio.create_task(self.work())
        if task_two:
            task_two.cancel()
        task.cancel()

    async def start_wrong(self, two: bool) -> None:
        task = asyncio.create_task(self.work()) if two else None  # error: DMN103
        task_two = asyncio.create_task(self.work())
        if task_two:
            task_two.cancel()
        if task is None:
            print("only one")

    async def stop(self) -> None: ...

    async def work(self) -> None:
        await asyncio.Event().wait()
