"""Sleeps in handlers, intervals, ready callbacks and background tasks."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    """Takes its time, but not at its start."""

    name = "reader"

    async def initialize(self) -> None:
        self.subscribe("data:changed", self.on_changed)
        self.register_interval("refresh", self.refresh, 60)
        self.on_daemon_ready("data", self.load)
        self.register_task(self._work())

        async def on_removed(payload: object) -> None:
            await asyncio.sleep(1)
            await self.refresh()

        self.subscribe("data:removed", on_removed)
        self.subscribe("data:moved", lambda _: asyncio.sleep(1))

    async def on_changed(self, payload: object) -> None:
        await asyncio.sleep(1)  # the rest of the burst
        await self.refresh()

    async def refresh(self) -> None:
        await asyncio.sleep(0.5)

    async def load(self) -> None:
        await asyncio.sleep(1)

    async def _work(self) -> None:
        while True:
            await self.refresh()
            await asyncio.sleep(5)

    async def cleanup(self) -> None:
        await asyncio.sleep(0.5)  # let the last packets out
