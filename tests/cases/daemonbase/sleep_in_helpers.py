"""The sleep is in a helper that only start-up code calls."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Waits in a helper."""

    name = "reader"

    async def initialize(self) -> None:
        await self._wait_for_data()
        self.register_interval("refresh", self.refresh, 60)

    async def _wait_for_data(self) -> None:
        """It is usually there after a second or two."""
        await self._settle()
        await asyncio.sleep(2)  # error: DMN302

    async def _settle(self) -> None:
        await asyncio.sleep(1)  # error: DMN302

    async def refresh(self) -> None: ...
