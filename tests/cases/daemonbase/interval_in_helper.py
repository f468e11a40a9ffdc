"""A sleeping loop started through a helper that returns the task."""
# rule: DMN102

import asyncio

from daemonbase import DaemonBase


class BeatDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.register_task(self.beat())
        beat = asyncio.create_task(self.beat())
        self.register_subscription(beat.cancel)
        lost = asyncio.create_task(self.beat())  # error: DMN102
        lost.set_name("lost")

    async def beat(self) -> None:
        while True:
            await asyncio.sleep(1)
