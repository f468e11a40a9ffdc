"""Classes in a table, made with names from the table; a name from the settings."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class Worker(DaemonBase):
    """Takes its name."""

    def __init__(self, name: str, size: int = 1) -> None:
        super().__init__(name)
        self.size = size


TABLE = {"alpha": Worker, "beta": Worker}


class Overseer(DaemonBase):
    """Makes them and waits for them."""

    name = "overseer"

    async def initialize(self) -> None:
        self.workers = [kind(name) for name, kind in TABLE.items()]
        for worker in self.workers:
            await worker.start()
        self.on_daemon_ready("alpha", self.count)
        self.on_daemon_ready("beta", self.count)

    async def count(self) -> None: ...

    async def cleanup(self) -> None:
        for worker in self.workers:
            await worker.shutdown()
