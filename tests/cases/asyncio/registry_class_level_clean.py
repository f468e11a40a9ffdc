"""Class-level defaults that each instance replaces, and registries meant to be shared."""
# rule: DMN207
from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, ClassVar


class Spawner:
    """Its own list in each instance."""

    _tasks: list[asyncio.Task[None]] = []
    _names: tuple[str, ...] = ()
    HANDLERS = {"start": "on_start", "stop": "on_stop"}

    def __init__(self) -> None:
        self._tasks = []

    def spawn(self, coro: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(coro))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class Registry:
    """Shared on purpose: through the class, and never through an instance."""

    _live: ClassVar[list[str]] = []

    @classmethod
    def add(cls, name: str) -> None:
        cls._live.append(name)

    @classmethod
    def close_all(cls) -> None:
        cls._live.clear()
