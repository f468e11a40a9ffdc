"""The base's close() is plain, but what it returns is a coroutine: dropping it runs nothing."""
# rule: DMN203
from __future__ import annotations

from collections.abc import Awaitable


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    def close(self) -> Awaitable[None]:
        return self._close_sessions()

    async def _close_sessions(self) -> None:
        self.sessions.clear()


class BadClient(Client):
    """Drops it."""

    async def close(self) -> None:
        print("closing")
        super().close()  # error: DMN203


class GoodClient(Client):
    """Awaits it."""

    async def close(self) -> None:
        print("closing")
        await super().close()
