"""A function of one's own that sleeps: the call that says how long is the one."""
# rule: DMN302

import asyncio
import time

from daemonbase import DaemonBase


async def pause(seconds: float) -> None:
    """Sleep, and say so."""
    print("pausing")
    await asyncio.sleep(seconds)


class Importer(DaemonBase):
    """Begins when the others have surely begun."""

    name = "importer"

    async def initialize(self) -> None:
        await pause(0.1)
        await pause(2)  # error: DMN302
        await self._settle()
        await self._wait(3)  # error: DMN302
        await asyncio.to_thread(time.sleep, 1)  # error: DMN302
        loop = asyncio.get_running_loop()
        self.register_subscription(loop.call_at(loop.time() + 2, self._attach))  # error: DMN302
        self.register_subscription(loop.call_later(2, self._tick))

    async def _settle(self, seconds: float = 0.2) -> None:
        await asyncio.sleep(seconds)

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def _attach(self) -> None: ...

    def _tick(self) -> None: ...
