"""Timeouts bound a wait for something real; they are no sleeps."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    """Waits for the event, five seconds at most."""

    name = "reader"

    async def initialize(self) -> None:
        ready = asyncio.Event()
        self.on_daemon_ready("data", ready.set, timeout=5)
        await asyncio.wait_for(ready.wait(), 5)
        async with asyncio.timeout(2):
            await self.load()
        await asyncio.wait([asyncio.ensure_future(ready.wait())], timeout=2)
        self.register_interval("refresh", self.load, 2)

    async def load(self) -> None: ...
