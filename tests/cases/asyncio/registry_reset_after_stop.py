"""Assigned anew after the base has released all."""
# rule: DMN207
import asyncio


class Spawner:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self) -> None:
        self._tasks.append(asyncio.create_task(asyncio.sleep(1)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class A(Spawner):
    async def restart(self) -> None:
        await self.stop()
        self._tasks = []
        self.spawn()


class B(Spawner):
    async def stop(self) -> None:
        await super().stop()
        self._tasks = []


class C(Spawner):
    async def restart(self) -> None:
        await super().stop()
        self._tasks = []


class D(Spawner):
    async def restart(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []


class E(Spawner):
    async def restart(self) -> None:
        await asyncio.gather(*self._tasks)
        self._tasks = []


class F(Spawner):
    async def drain(self) -> None:
        while self._tasks:
            pending = self._tasks
            self._tasks = []
            await asyncio.wait(pending)


class G(Spawner):
    def take(self) -> list[asyncio.Task[None]]:
        taken = self._tasks
        self._tasks = []
        return taken


class H(Spawner):
    def prune(self) -> None:
        alive = []
        for task in self._tasks:
            if not task.done():
                alive.append(task)
        self._tasks = alive
