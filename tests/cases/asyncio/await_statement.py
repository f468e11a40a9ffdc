"""The base's coroutine is made and dropped."""
# rule: DMN203
from __future__ import annotations


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


class LoggedClient(Client):
    """Forgets to await, in three ways."""

    async def stop(self) -> None:
        print("stopping")
        super().stop()  # error: DMN203

    async def aclose(self) -> None:
        _ = super().aclose()  # error: DMN203
        print("closed")

    async def shutdown(self) -> None:
        await self.stop()
        Client.shutdown(self)  # error: DMN203
