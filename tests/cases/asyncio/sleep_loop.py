"""A task whose coroutine sleeps in a loop is an interval; one that only sleeps once is a task."""
# rule: DMN102, DMN103

import asyncio


class Clock:
    def start(self) -> None:
        self.seconds = asyncio.create_task(self.tick())  # error: DMN102
        self.alarm = asyncio.create_task(self.ring())  # error: DMN103

    async def tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            print("tick")

    async def ring(self) -> None:
        await asyncio.sleep(60)
        print("ring")

    def stop(self) -> None:
        print("stopped")
