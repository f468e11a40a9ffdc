"""`start` and `shutdown` of DaemonBase are final; the hooks are not."""
# rule: DMN206

from daemonbase import DaemonBase


class Bad(DaemonBase):
    async def shutdown(self) -> None:  # error: DMN206
        await super().shutdown()

    async def start(self) -> None:  # error: DMN206
        await super().start()


class Good(DaemonBase):
    async def initialize(self) -> None:
        self.count = 0

    async def cleanup(self) -> None:
        self.count = 1
