"""The hooks of DaemonBase are async."""
# rule: DMN205

from daemonbase import DaemonBase


class Bad(DaemonBase):
    def initialize(self) -> None:  # error: DMN205
        self.count = 0


class Good(DaemonBase):
    async def initialize(self) -> None:
        self.count = 0

    async def cleanup(self) -> None:
        self.count = 1
