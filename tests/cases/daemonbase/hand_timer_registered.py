"""Timers of the base, and one that the base is told of."""
# rule: DMN106

import asyncio

from daemonbase import DaemonBase


class PingDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("ping", self.ping, 5)
        self.defer_initialization(self.ping, 1)
        timer = asyncio.get_running_loop().call_later(5, self.ping)
        self.register_subscription(timer.cancel)

    def ping(self) -> None:
        print("ping")
