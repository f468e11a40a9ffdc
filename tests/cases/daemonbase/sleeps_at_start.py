"""Sleeping in start-up code, and sleeping elsewhere."""
# rule: DMN302

import asyncio
import time

from daemonbase import DaemonBase


class Sleeps(DaemonBase):
    async def initialize(self) -> None:
        await asyncio.sleep(2)  # error: DMN302
        await asyncio.sleep(0)
        await asyncio.sleep(0.1)

    async def later(self) -> None:
        await asyncio.sleep(2)


class Blocks(DaemonBase):
    def __init__(self) -> None:
        super().__init__()
        time.sleep(1)  # error: DMN302


class Nested(DaemonBase):
    async def initialize(self) -> None:
        async def worker() -> None:
            await asyncio.sleep(5)

        self.register_task(worker())
