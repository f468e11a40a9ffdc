"""The delay is a constant: of the module, imported, of the class, local, or computed of such."""

from __future__ import annotations

import asyncio

import settings
from daemonbase import DaemonBase
from settings import DELAY, SHORT

STARTUP_DELAY = 2.5
MILLISECONDS = 3_000


class Reader(DaemonBase):
    """Waits for constants."""

    name = "reader"
    GRACE = 1.0

    async def initialize(self) -> None:
        await asyncio.sleep(STARTUP_DELAY)  # error: DMN302
        await asyncio.sleep(DELAY)  # error: DMN302
        await asyncio.sleep(settings.DELAY)  # error: DMN302
        await asyncio.sleep(self.GRACE)  # error: DMN302
        await asyncio.sleep(SHORT)
        await asyncio.sleep(settings.SHORT)
        await asyncio.sleep(MILLISECONDS / 1000)  # error: DMN302
        await asyncio.sleep(2 * STARTUP_DELAY)  # error: DMN302
