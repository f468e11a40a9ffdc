"""Events as guards, under the names that people give them."""
# rule: DMN202
from __future__ import annotations

import asyncio
import threading


class Worker:
    """A worker."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def stop(self) -> None:
        self.rows.clear()

    async def close(self) -> None:
        self.rows.clear()

    def shutdown(self) -> None:
        self.rows.clear()

    def terminate(self) -> None:
        self.rows.clear()


class EventWorker(Worker):
    """Once."""

    def __init__(self) -> None:
        super().__init__()
        self._exit_event = threading.Event()
        self._finished = asyncio.Event()
        self._interrupt = threading.Event()
        self._result: asyncio.Future[None] = asyncio.Future()

    def stop(self) -> None:
        if self._exit_event.is_set():
            return
        self._exit_event.set()
        super().stop()

    async def close(self) -> None:
        if self._finished.is_set():
            return
        await super().close()
        self._finished.set()

    def shutdown(self) -> None:
        if self._interrupt.is_set():
            return
        self._interrupt.set()
        super().shutdown()

    def terminate(self) -> None:
        if not self._result.done():
            self._result.set_result(None)
            super().terminate()
