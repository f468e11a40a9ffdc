"""Waits for a daemon of another module, and for one that nobody is."""
# rule: DMN303

from daemonbase import DaemonBase

from .data import NAME


class UserDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready(NAME, self.begin)
        self.on_daemon_ready("data", self.begin)
        self.on_daemon_ready("date", self.begin)  # error: DMN303

    async def begin(self) -> None: ...
