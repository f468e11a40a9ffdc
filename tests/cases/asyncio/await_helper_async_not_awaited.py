"""An async helper that awaits the base is itself not awaited."""
# rule: DMN201, DMN203
from __future__ import annotations


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def stop(self) -> None:
        self.sessions.clear()


class LoggedClient(Client):
    """The helper's coroutine is dropped, so the base is never reached."""

    async def stop(self) -> None:  # error: DMN201
        print("stopping")
        self._finish()

    async def _finish(self) -> None:
        await super().stop()
