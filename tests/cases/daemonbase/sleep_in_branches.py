"""In a branch, in a try, in a with, after an early exit."""
# rule: DMN302

from __future__ import annotations

import asyncio
from contextlib import suppress

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Waits here and there."""

    def __init__(self, remote: bool) -> None:
        super().__init__("reader")
        self.remote = remote

    async def initialize(self) -> None:
        if self.remote:
            await asyncio.sleep(5)  # error: DMN302
        try:
            await asyncio.sleep(1)  # error: DMN302
            await self.load()
        except ConnectionError:
            self.log.exception("no data")
            return
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(2)  # error: DMN302
        if not self.remote:
            return
        _ = await asyncio.sleep(2, "ready")  # error: DMN302

    async def load(self) -> None: ...
