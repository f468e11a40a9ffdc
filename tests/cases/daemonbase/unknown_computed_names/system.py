"""Daemons whose names are made at run time: any name may be one of theirs."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class Worker(DaemonBase):
    """One for each number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"worker-{number}")


class Overseer(DaemonBase):
    """Waits for some of them."""

    name = "overseer"

    async def initialize(self) -> None:
        self.on_daemon_ready("worker-0", self.count)
        for number in range(3):
            self.on_daemon_ready(f"worker-{number}", self.count)

    async def count(self) -> None: ...
