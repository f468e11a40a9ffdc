"""Keep-and-return by `self.slots[k] = handle = acquire()`, and by returning the slot."""

# rule: DMN101, DMN103
from __future__ import annotations

import asyncio

from daemonbase import EventBus, Unsubscribe


class Page:
    """Callers drop the results."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._named: dict[str, Unsubscribe] = {}
        self._tasks: dict[str, asyncio.Task[bool]] = {}
        self._last: Unsubscribe | None = None

    def _chained(self, topic: str):
        self._named[topic] = handle = self.bus.subscribe(topic, print)
        return handle

    def _chained_reversed(self, topic: str):
        handle = self._named[topic] = self.bus.subscribe(topic, print)
        return handle

    def _chained_task(self, name: str) -> asyncio.Task[bool]:
        task = self._tasks[name] = asyncio.create_task(asyncio.Event().wait())
        return task

    def _chained_field(self):
        self._last = handle = self.bus.subscribe("last", print)
        return handle

    def _slot(self, topic: str):
        self._named[topic] = self.bus.subscribe(topic, print)
        return self._named[topic]

    async def start(self) -> None:
        self._chained("a")
        self._chained_reversed("b")
        self._chained_task("c")
        self._slot("d")
        self._chained_field()

    def close(self) -> None:
        for handle in self._named.values():
            handle()
        for task in self._tasks.values():
            task.cancel()
        if self._last:
            self._last()
