"""`cleanup` and `initialize` of DaemonBase are empty: a direct subclass need not call them."""
# rule: DMN201

from daemonbase import DaemonBase


class Direct(DaemonBase):
    async def initialize(self) -> None:
        self.count = 0

    async def cleanup(self) -> None:
        self.count = -1


class Second(Direct):
    async def initialize(self) -> None:
        await super().initialize()
        self.more = 1

    async def cleanup(self) -> None:
        self.more = 0
        await super().cleanup()
