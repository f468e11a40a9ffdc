"""Another end of a daemon that shuts it down itself does what the base's own does."""
# rule: DMN201

from daemonbase import DaemonBase


class Good(DaemonBase):
    async def aclose(self) -> None:
        self.lines = ()
        await self.shutdown()


class Bad(DaemonBase):
    async def aclose(self) -> None:  # error: DMN201
        self.lines = ()
