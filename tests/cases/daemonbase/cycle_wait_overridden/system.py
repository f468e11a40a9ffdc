"""The base waits, but the one that would close the circle replaces initialize()."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase


class Service(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("store", self.begin)

    async def begin(self) -> None: ...


class Index(Service):
    name = "index"


class Store(Service):
    name = "store"

    async def initialize(self) -> None:
        self.on_daemon_ready("disk", self.begin)


class Disk(DaemonBase):
    name = "disk"
