"""The loop is made and closed by the owner: its readers go with it."""

# rule: DMN101
from __future__ import annotations

import asyncio
import threading


class Pump:
    """Runs a loop of its own in a thread."""

    def __init__(self, fd: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._loop.add_reader(fd, self._on_readable)
        self._thread.start()

    def _on_readable(self) -> None:
        print("readable")

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
