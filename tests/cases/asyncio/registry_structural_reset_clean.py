"""The base itself resets its list after releasing; the subclass only reads or extends it."""
# rule: DMN104, DMN207
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
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()


class Counter(Spawner):
    """Reads."""

    def count(self) -> int:
        return len(self._tasks)

    def spawn_two(self, first: Any, second: Any) -> None:
        self._tasks.extend([asyncio.create_task(first()), asyncio.create_task(second())])
