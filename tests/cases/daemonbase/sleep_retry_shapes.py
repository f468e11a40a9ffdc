"""Retry loops of other shapes, all in initialize()."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Connects, patiently."""

    name = "reader"

    async def initialize(self) -> None:
        attempts = 0
        while True:
            try:
                await self.connect()
            except OSError:
                attempts += 1
                if attempts > 5:
                    raise
                await asyncio.sleep(1)
                continue
            break

        for attempt in range(3):
            if attempt:
                await asyncio.sleep(1)
            if await self.hello():
                break

    async def connect(self) -> None: ...

    async def hello(self) -> bool:
        return True
