"""A daemon that waits for itself."""
# rule: DMN304

from daemonbase import DaemonBase


class A(DaemonBase):
    name = "a"

    async def initialize(self) -> None:
        self.on_daemon_ready("a", self.begin)  # error: DMN304

    async def begin(self) -> None: ...
