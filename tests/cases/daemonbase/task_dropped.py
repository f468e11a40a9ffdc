"""Tasks and threads that nobody holds."""
# rule: DMN103

import asyncio
import threading

from daemonbase import DaemonBase


class SyncDaemon(DaemonBase):
    async def initialize(self) -> None:
        asyncio.create_task(self.synchronise())  # error: DMN103
        asyncio.ensure_future(self.synchronise())  # error: DMN103
        asyncio.get_running_loop().create_task(self.synchronise())  # error: DMN103
        threading.Thread(target=self.copy).start()  # error: DMN103
        worker = threading.Thread(target=self.copy)  # error: DMN103
        worker.start()

    async def synchronise(self) -> None:
        print("synchronising")

    def copy(self) -> None:
        print("copying")
