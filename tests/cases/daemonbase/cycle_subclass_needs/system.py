"""Each subclass says what it needs; nobody needs what needs it."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase


class Service(DaemonBase):
    needs = "data"

    async def initialize(self) -> None:
        self.on_daemon_ready(self.needs, self.begin)

    async def begin(self) -> None: ...


class Data(DaemonBase):
    name = "data"


class User(Service):
    name = "user"


class Room(Service):
    name = "room"
    needs = "user"
