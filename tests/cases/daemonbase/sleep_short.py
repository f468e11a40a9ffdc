"""Short sleeps give the loop a turn, or let a socket settle."""
# rule: DMN302

from __future__ import annotations

import asyncio
import time

from daemonbase import DaemonBase

TURN = 0


class Reader(DaemonBase):
    """Yields."""

    def __init__(self) -> None:
        super().__init__("reader")
        time.sleep(0.01)

    async def initialize(self) -> None:
        await asyncio.sleep(0)
        await asyncio.sleep(TURN)
        await asyncio.sleep(0.1)
        await asyncio.sleep(0.49)
        await asyncio.sleep(20 / 1000)
        loop = asyncio.get_running_loop()
        self.register_subscription(loop.call_later(0.05, self.load))
        self.defer_initialization(self.load, 0.1)
        self.defer_initialization(self.load, delay=0)

    def load(self) -> None: ...
