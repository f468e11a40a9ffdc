"""Guards against running twice, in their common forms."""
# rule: DMN201, DMN202
from __future__ import annotations

import asyncio
import enum
import threading


class State(enum.Enum):
    """Of a client."""

    OPEN = 1
    CLOSED = 2


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    def close(self) -> None:
        self.sessions.clear()

    def stop(self) -> None:
        self.sessions.clear()

    async def aclose(self) -> None:
        self.sessions.clear()

    async def shutdown(self) -> None:
        self.sessions.clear()

    def disconnect(self) -> None:
        self.sessions.clear()

    def terminate(self) -> None:
        self.sessions.clear()


class GuardedClient(Client):
    """Each of its ends runs once."""

    def __init__(self) -> None:
        super().__init__()
        self._closed = False
        self._stopped = threading.Event()
        self._state = State.OPEN
        self._lock = threading.Lock()
        self._running = True
        self._done: asyncio.Event | None = None

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        super().close()

    def stop(self) -> None:
        if self._stopped.is_set():
            return
        self._stopped.set()
        super().stop()

    async def aclose(self) -> None:
        if self._state is State.CLOSED:
            return
        self._state = State.CLOSED
        await super().aclose()

    async def shutdown(self) -> None:
        if self._done is not None:
            await self._done.wait()
            return
        self._done = asyncio.Event()
        try:
            await super().shutdown()
        finally:
            self._done.set()

    def disconnect(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
        super().disconnect()

    def terminate(self) -> None:
        if self._running:
            self._running = False
            super().terminate()
