"""The base's close() is plain although the class is async: nothing to await."""
# rule: DMN203, DMN205
from __future__ import annotations

import asyncio


class Client:
    """A client whose close is plain; wait_closed waits."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    def close(self) -> None:
        self.ended.set()

    async def wait_closed(self) -> None:
        await self.ended.wait()


class LoggedClient(Client):
    """Calls both as they are."""

    def close(self) -> None:
        print("closing")
        super().close()

    async def wait_closed(self) -> None:
        print("waiting")
        await super().wait_closed()

    async def restart(self) -> None:
        super().close()
        await super().wait_closed()
