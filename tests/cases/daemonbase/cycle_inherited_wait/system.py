"""The wait is the base's: two of its subclasses wait for each other by what they need."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase


class Service(DaemonBase):
    needs = "store"

    async def initialize(self) -> None:
        self.on_daemon_ready(self.needs, self.begin)  # error: DMN304

    async def begin(self) -> None: ...


class Store(Service):
    name = "store"
    needs = "index"


class Index(Service):
    name = "index"
