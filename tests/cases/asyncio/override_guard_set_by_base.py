"""Guards over a flag that the base itself sets."""
# rule: DMN202
from __future__ import annotations

import asyncio


class Client:
    """A client."""

    def __init__(self) -> None:
        self.connected = True
        self._reader: asyncio.Task[None] | None = None

    async def disconnect(self) -> None:
        self.connected = False

    async def stop(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None


class TopicClient(Client):
    """Unsubscribes first."""

    topics: tuple[str, ...] = ()

    async def disconnect(self) -> None:
        if not self.connected:
            return
        for topic in self.topics:
            print("leave", topic)
        await super().disconnect()

    async def stop(self) -> None:
        if self._reader is None:
            return
        print("stopping")
        await super().stop()
