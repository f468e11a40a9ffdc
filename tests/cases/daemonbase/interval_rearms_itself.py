"""A one-shot timer that re-arms itself in its own callback is an interval without a handle."""
# rule: DMN102

import asyncio

from daemonbase import DaemonBase


class TickDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.tick()

    def tick(self) -> None:
        asyncio.get_running_loop().call_later(1, self.tick)  # error: DMN102
        print("tick")
