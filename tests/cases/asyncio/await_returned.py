"""A sync override that returns the base's coroutine, directly or wrapped, keeps the kind."""
# rule: DMN201, DMN203, DMN205
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def stop(self) -> None:
        self.sessions.clear()

    async def aclose(self) -> None:
        self.sessions.clear()

    async def shutdown(self) -> None:
        self.sessions.clear()

    async def disconnect(self) -> None:
        self.sessions.clear()


class ThinClient(Client):
    """Does a little before."""

    def stop(self) -> Coroutine[Any, Any, None]:
        print("stopping")
        return super().stop()

    def aclose(self) -> Awaitable[None]:
        ending = super().aclose()
        print("closing")
        return ending

    def shutdown(self) -> asyncio.Future[None]:
        return asyncio.ensure_future(super().shutdown())

    def disconnect(self) -> Awaitable[None]:
        return asyncio.wait_for(super().disconnect(), 5)
