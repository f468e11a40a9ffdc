"""The coroutine is kept in a local that nobody awaits, or awaited on one path only."""
# rule: DMN203
from __future__ import annotations

import asyncio


class Client:
    """A client."""

    sessions: tuple[str, ...] = ()

    async def stop(self) -> None:
        self.sessions = ()

    async def aclose(self) -> None:
        self.sessions = ()


class SlowClient(Client):
    """Loses it."""

    async def stop(self) -> None:
        ending = super().stop()  # error: DMN203
        await asyncio.sleep(1)
        print("stopped")

    async def aclose(self) -> None:
        result = super().aclose()  # error: DMN203
        if result is not None:
            print("closed")
