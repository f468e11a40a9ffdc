"""The event is an argument of the thread's target, a method."""

# rule: DMN103
from __future__ import annotations

import asyncio
import threading

from daemonbase import EventBus


class Thing:
    """A thing that starts and closes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._stop = threading.Event()

    def start(self) -> None:
        self._thread = threading.Thread(target=self._poll, args=(self._stop,))
        self._thread.start()

    async def _run(self) -> None:
        await asyncio.Event().wait()

    def _poll(self, stop: threading.Event) -> None:
        while not stop.wait(1):
            print("poll")

    async def close(self) -> None:
        self._stop.set()
