"""Assignments to the base's registry that lose nothing."""
# rule: DMN207
from __future__ import annotations

import asyncio
from typing import Any


class Spawner:
    """Keeps tasks."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self) -> None:
        self._tasks.add(asyncio.create_task(asyncio.sleep(1)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class PickledSpawner(Spawner):
    """An unpickled one has no tasks."""

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        del state["_tasks"]
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._tasks = set()


class OwnInit(Spawner):
    """Does the base's set-up itself."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._tasks = set()


class Restarted(Spawner):
    """After the release."""

    async def restart(self) -> None:
        await self.stop()
        self._tasks = set()
        self.spawn()


class LazySpawner(Spawner):
    """Only if there is none."""

    def prepare(self) -> None:
        if not hasattr(self, "_tasks"):
            self._tasks = set()
        self._tasks = self._tasks or set()
