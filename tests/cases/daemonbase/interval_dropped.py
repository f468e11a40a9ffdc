"""Timers and sleeping loops that the base class does not know of."""
# rule: DMN102

import asyncio

from daemonbase import DaemonBase


class PollDaemon(DaemonBase):
    async def initialize(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(2, self.poll)  # error: DMN102
        loop.call_at(loop.time() + 5, self.poll)  # error: DMN102
        asyncio.create_task(self.poll_forever())  # error: DMN102
        self._beat = asyncio.create_task(self.poll_forever())  # error: DMN102

    def poll(self) -> None:
        print("poll")

    async def poll_forever(self) -> None:
        while True:
            self.poll()
            await asyncio.sleep(5)
