"""The variable that holds the coroutine is assigned again before the await."""
# rule: DMN203
from __future__ import annotations

import asyncio


class Client:
    """A client."""

    sessions: tuple[str, ...] = ()

    async def stop(self) -> None:
        self.sessions = ()


class SlowClient(Client):
    """Awaits the other one."""

    async def flush(self) -> None:
        await asyncio.sleep(0)

    async def stop(self) -> None:
        step = super().stop()  # error: DMN203
        step = self.flush()
        await step
