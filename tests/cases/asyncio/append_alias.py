"""`append = self._tasks.append` fills the list, and only a release empties it."""
# rule: DMN103

import asyncio


class Drained:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        append = self._tasks.append
        for _ in range(3):
            append(asyncio.create_task(self.work()))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def work(self) -> None:
        await asyncio.Event().wait()


class Forgotten:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        append = self._tasks.append
        for _ in range(3):
            append(asyncio.create_task(self.work()))  # error: DMN103

    async def stop(self) -> None:
        self._tasks.clear()

    async def work(self) -> None:
        await asyncio.Event().wait()
