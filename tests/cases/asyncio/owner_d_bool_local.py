"""`busy = ...; if busy: return`."""

# rule: DMN104
from __future__ import annotations

import asyncio

from daemonbase import EventBus


class Thing:
    """A thing that starts and closes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._off = bus.subscribe("x", self._on_x)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        print("start")

    async def _run(self) -> None:
        await asyncio.Event().wait()

    def _on_x(self, payload: object) -> None:
        busy = self._task is not None and not self._task.done()
        if busy:
            return
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        self._off()
        if self._task is not None:
            self._task.cancel()
