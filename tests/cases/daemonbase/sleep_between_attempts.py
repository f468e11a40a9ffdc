"""Retries with a pause between them: the pause waits for nobody, the attempt decides."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Connects, patiently."""

    name = "reader"

    async def initialize(self) -> None:
        for attempt in range(5):
            try:
                await self.connect()
                break
            except ConnectionError:
                self.log.warning("attempt %d failed", attempt)
                await asyncio.sleep(2)
        else:
            raise ConnectionError("no luck")
        await self._connect_for_ever()

    async def _connect_for_ever(self) -> None:
        delay = 1.0
        while True:
            try:
                return await self.connect()
            except ConnectionError:
                await asyncio.sleep(delay)
                delay = min(delay * 2, 60.0)

    async def connect(self) -> None: ...
