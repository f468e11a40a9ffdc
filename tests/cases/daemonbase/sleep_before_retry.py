"""A sleep before a retry loop, and a `for` that is no retry."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Connects, patiently, after a rest."""

    name = "reader"

    async def initialize(self) -> None:
        await asyncio.sleep(3)  # error: DMN302
        while not await self.connect():
            await asyncio.sleep(1)
        self.connected = True

    async def connect(self) -> bool:
        return True
