"""A timer of its own, cancelled in cleanup."""
# rule: DMN106

import asyncio

from daemonbase import DaemonBase


class PingDaemon(DaemonBase):
    async def initialize(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(5, self.ping)  # error: DMN106

    def ping(self) -> None:
        print("ping")

    async def cleanup(self) -> None:
        self._timer.cancel()
