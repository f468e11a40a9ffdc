"""A plain helper calls the base's coroutine and drops it."""
# rule: DMN203
from __future__ import annotations


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def stop(self) -> None:
        self.sessions.clear()


class LoggedClient(Client):
    """Calls it in a helper."""

    async def stop(self) -> None:
        print("stopping")
        self._finish()

    def _finish(self) -> None:
        super().stop()  # error: DMN203
