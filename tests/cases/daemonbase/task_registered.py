"""Tasks that the base class owns, or that this function itself waits for."""
# rule: DMN103

import asyncio

from daemonbase import DaemonBase


class SyncDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.register_task(self.synchronise(), name="synchronise")
        first = asyncio.create_task(self.synchronise())
        await first
        async with asyncio.TaskGroup() as group:
            group.create_task(self.synchronise())
        await asyncio.gather(*[asyncio.create_task(self.synchronise()) for _ in range(3)])
        last = asyncio.create_task(self.synchronise())
        try:
            print("working")
        finally:
            last.cancel()
        self.register_subscription(asyncio.create_task(self.synchronise()).cancel)

    async def synchronise(self) -> None:
        print("synchronising")
