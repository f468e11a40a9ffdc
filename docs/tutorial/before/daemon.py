"""The base class of the daemons. It looks after background tasks, and after nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from world import SYSTEM_READY

from .bus import EventBus


class Daemon:
    """Something that starts, works in the background and stops."""

    name = "daemon"

    def __init__(self, bus: EventBus, speed: float) -> None:
        self.bus = bus
        self.speed = speed
        self.log = logging.getLogger(f"before.{self.name}")
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Set up, then tell everybody."""
        await self.initialize()
        await self.bus.emit(SYSTEM_READY, {"daemon": self.name})

    async def initialize(self) -> None:
        """Set up; nothing to do here."""

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background until shutdown."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def shutdown(self) -> None:
        """Stop the background work."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.log.info("stopped")
