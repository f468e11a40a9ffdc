"""`for line in iter(self._q.get, None)`; close() puts None."""

# rule: DMN103
from __future__ import annotations

import asyncio
import queue
import threading

from daemonbase import EventBus


class Thing:
    """A thing that starts and closes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._q: queue.Queue[str | None] = queue.Queue()

    def start(self) -> None:
        self._thread = threading.Thread(target=self._drain)
        self._thread.start()

    async def _run(self) -> None:
        await asyncio.Event().wait()

    def _drain(self) -> None:
        for line in iter(self._q.get, None):
            print(line)

    async def close(self) -> None:
        self._q.put(None)
