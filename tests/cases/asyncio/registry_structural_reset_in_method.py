"""A subclass empties the base's task list by assigning a new one."""
# rule: DMN207
from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Spawner:
    """Keeps tasks."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self, coro: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(coro))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class Restarter(Spawner):
    """Forgets the old ones at a restart: they run on."""

    def restart(self, coro: Coroutine[Any, Any, None]) -> None:
        self._tasks = []  # error: DMN207
        self.spawn(coro)
