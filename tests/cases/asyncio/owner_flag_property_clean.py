"""The loop tests a property, a local alias of the event, the walrus and iter()."""

# rule: DMN102, DMN103
from __future__ import annotations

import asyncio
import queue
import threading


def pump(stop: threading.Event, lines: list[str]) -> None:
    """Print lines until `stop` is set."""
    while not stop.is_set():
        print(lines)
        stop.wait(1)


class Worker:
    """Many loops, each with its end."""

    def __init__(self) -> None:
        self._closed = False
        self._stop = asyncio.Event()
        self._halt = threading.Event()
        self._jobs: asyncio.Queue[str | None] = asyncio.Queue()
        self._lines: queue.Queue[str | None] = queue.Queue()

    def start(self) -> None:
        self._a = asyncio.create_task(self._by_property())
        self._b = asyncio.create_task(self._by_alias())
        self._c = asyncio.create_task(self._by_walrus())
        self._d = threading.Thread(target=self._by_iter)
        self._e = threading.Thread(target=pump, args=(self._halt, []))

    @property
    def closed(self) -> bool:
        return self._closed

    async def _by_property(self) -> None:
        while not self.closed:
            await asyncio.sleep(1)

    async def _by_alias(self) -> None:
        stop = self._stop
        while not stop.is_set():
            await asyncio.sleep(1)

    async def _by_walrus(self) -> None:
        while (job := await self._jobs.get()) is not None:
            print(job)

    def _by_iter(self) -> None:
        for line in iter(self._lines.get, None):
            print(line)

    async def aclose(self) -> None:
        self._closed = True
        self._stop.set()
        self._halt.set()
        await self._jobs.put(None)
        self._lines.put_nowait(None)
