"""The name is given where the daemon is made."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class Worker(DaemonBase):
    """One of several."""

    async def initialize(self) -> None:
        self.on_daemon_ready("store", self.work)
        self.on_daemon_ready("sotre", self.work)  # error: DMN303

    async def work(self) -> None: ...
