"""The coroutine is handed to something that runs it: a runner, a loop, a nursery, a list."""
# rule: DMN201, DMN203
from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Owner:
    """Runs what it is given."""

    def __init__(self) -> None:
        self.todo: list[Coroutine[Any, Any, None]] = []

    def spawn(self, coro: Coroutine[Any, Any, None]) -> None:
        self.todo.append(coro)

    async def drain(self) -> None:
        while self.todo:
            await self.todo.pop()


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def stop(self) -> None:
        self.sessions.clear()

    async def aclose(self) -> None:
        self.sessions.clear()


class OwnedClient(Client):
    """Leaves its end to the owner."""

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self.owner = owner

    async def stop(self) -> None:
        self.owner.spawn(super().stop())
        await self.owner.drain()

    async def aclose(self) -> None:
        self.owner.todo.append(super().aclose())
        await asyncio.sleep(0)
        await self.owner.drain()
