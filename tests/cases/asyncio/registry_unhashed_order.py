"""The order of assignments in an __init__ that makes the base's registry itself does not matter."""
# rule: DMN207
from __future__ import annotations

import asyncio


class Spawner:
    """Keeps tasks."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.count = 0

    def spawn(self) -> None:
        self._tasks.add(asyncio.create_task(asyncio.sleep(1)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class First(Spawner):
    """First."""

    def __init__(self) -> None:
        self._tasks = set()
        self.count = 1


class Second(Spawner):
    """Second."""

    def __init__(self) -> None:
        self.count = 1
        self._tasks = set()


class Third(Spawner):
    """With a parameter."""

    def __init__(self, count: int) -> None:
        self._tasks = set()
        self.count = count
