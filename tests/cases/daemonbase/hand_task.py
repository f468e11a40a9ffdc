"""Tasks kept in fields and cancelled by hand, alone and in a set."""
# rule: DMN106

import asyncio

from daemonbase import DaemonBase


class PumpDaemon(DaemonBase):
    def __init__(self) -> None:
        super().__init__("pump")
        self._tasks: set[asyncio.Task[None]] = set()

    async def initialize(self) -> None:
        self._pump = asyncio.create_task(self.pump())  # error: DMN106
        self._tasks.add(asyncio.create_task(self.pump()))  # error: DMN106

    async def pump(self) -> None:
        print("pump")

    async def cleanup(self) -> None:
        self._pump.cancel()
        for task in self._tasks:
            task.cancel()
