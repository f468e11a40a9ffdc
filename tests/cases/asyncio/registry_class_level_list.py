"""A class-level list of tasks is shared by all instances: one's stop() cancels the others'."""
# rule: DMN207
from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Spawner:
    """Keeps tasks."""

    _tasks: list[asyncio.Task[None]] = []  # error: DMN207

    def spawn(self, coro: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(coro))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
