"""The delay comes from outside: it may be nothing."""
# rule: DMN302

from __future__ import annotations

import asyncio
import os
import random

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Spreads its start, as it is told to."""

    def __init__(self, delay: float) -> None:
        super().__init__("reader")
        self.delay = delay

    async def initialize(self) -> None:
        await asyncio.sleep(self.delay)
        await asyncio.sleep(random.random())
        await asyncio.sleep(float(os.environ.get("READER_DELAY", "0")))
        self.register_subscription(
            asyncio.get_running_loop().call_later(self.delay / 2, self.load)
        )

    def load(self) -> None: ...
