"""Tasks of the base; a task that one method starts and awaits needs no owner."""
# rule: DMN106

import asyncio

from daemonbase import DaemonBase


class PumpDaemon(DaemonBase):
    async def initialize(self) -> None:
        self._pump = self.register_task(self.pump())

    async def once(self) -> None:
        task = asyncio.create_task(self.pump())
        await task

    async def together(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.pump())

    async def pump(self) -> None:
        print("pump")
