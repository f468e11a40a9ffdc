"""A coroutine as a condition, in suppress, as an unused result: never awaited."""
# rule: DMN203
from __future__ import annotations

import contextlib


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    async def close(self) -> bool:
        self.sessions.clear()
        return True

    async def stop(self) -> bool:
        self.sessions.clear()
        return True

    async def shutdown(self) -> None:
        self.sessions.clear()

    async def disconnect(self) -> None:
        self.sessions.clear()


class MqttClient(Client):
    """Forgets await everywhere."""

    retained: dict[str, str] = {}

    async def close(self) -> bool:
        if not super().close():  # error: DMN203
            raise RuntimeError("still open")
        return True

    async def stop(self) -> bool:
        stopped = super().stop()  # error: DMN203
        self.sessions = []
        return True

    async def shutdown(self) -> None:
        with contextlib.suppress(Exception):
            super().shutdown()  # error: DMN203

    async def disconnect(self) -> None:
        try:
            self.sessions.append("bye")
        finally:
            super().disconnect()  # error: DMN203
