"""Reset after the base's release."""
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


class A(Spawner):
    async def stop(self) -> None:
        await super().stop()
        self._tasks = []


class B(Spawner):
    async def stop(self) -> None:
        await super().stop()
        self._tasks = None


class C(Spawner):
    async def stop(self) -> None:
        await super().stop()
        self._tasks.clear()


class SyncSpawner:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self) -> None:
        self._tasks.append(asyncio.create_task(asyncio.sleep(1)))

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class D(SyncSpawner):
    def stop(self) -> None:
        super().stop()
        self._tasks = []


class E(SyncSpawner):
    def restart(self) -> None:
        self.stop()
        self._tasks = []
