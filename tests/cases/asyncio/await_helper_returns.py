"""Helpers that return the base's coroutine, and callers that await it."""
# rule: DMN201, DMN203
from __future__ import annotations

from collections.abc import Coroutine
from typing import Any


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def stop(self) -> None:
        self.sessions.clear()

    async def aclose(self) -> None:
        self.sessions.clear()


class LoggedClient(Client):
    """Calls it in a helper."""

    async def stop(self) -> None:
        print("stopping")
        await self._finish()

    def _finish(self) -> Coroutine[Any, Any, None]:
        return super().stop()

    async def aclose(self) -> None:
        await (lambda: super(LoggedClient, self).aclose())()
