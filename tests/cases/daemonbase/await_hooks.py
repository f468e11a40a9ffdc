"""The hooks of DaemonBase are coroutines."""
# rule: DMN203

from daemonbase import DaemonBase


class Bad(DaemonBase):
    async def cleanup(self) -> None:
        super().cleanup()  # error: DMN203


class Good(DaemonBase):
    async def initialize(self) -> None:
        await super().initialize()
