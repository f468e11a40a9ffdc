"""aclose() collects results of those that are done; the others run on."""

# rule: DMN103
from __future__ import annotations

import asyncio


class Collector:
    """Collects results."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[int]] = []

    def add(self) -> None:
        self._tasks.append(asyncio.create_task(self._run()))  # error: DMN103

    async def _run(self) -> int:
        await asyncio.Event().wait()
        return 1

    def close(self) -> list[int]:
        return [task.result() for task in self._tasks if task.done()]
