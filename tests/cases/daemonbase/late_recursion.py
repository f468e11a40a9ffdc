"""Two helpers that call each other, reached from cleanup() alone."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.left = 3

    async def cleanup(self) -> None:
        await self._drain()

    async def _drain(self) -> None:
        if self.left:
            await self._drain_one()

    async def _drain_one(self) -> None:
        self.left -= 1
        self.register_task(self._send())  # error: DMN108
        await self._drain()

    async def _send(self) -> None: ...
