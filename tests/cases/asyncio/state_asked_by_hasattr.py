"""A registry that is made only where there is none, asked by `hasattr`; and one that is replaced."""
# rule: DMN207

import asyncio


class Spawner:
    _tasks: list[asyncio.Task[None]] | None = None

    def spawn(self) -> None:
        if self._tasks is None:
            self._tasks = []
        self._tasks.append(asyncio.create_task(asyncio.sleep(1)))

    async def stop(self) -> None:
        for task in self._tasks or ():
            task.cancel()


class Careful(Spawner):
    def prepare(self) -> None:
        if not hasattr(self, "_tasks"):
            self._tasks = []


class Careless(Spawner):
    def prepare(self) -> None:
        if not hasattr(self, "_jobs"):
            self._tasks = []  # error: DMN207
