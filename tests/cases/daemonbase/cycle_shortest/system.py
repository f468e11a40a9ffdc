"""Two circles through the same daemons: the shorter one is shown."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase


class Data(DaemonBase):
    name = "data"

    async def initialize(self) -> None:
        self.on_daemon_ready("user", self.begin)  # error: DMN304

    async def begin(self) -> None: ...


class User(DaemonBase):
    name = "user"

    async def initialize(self) -> None:
        for name in ("room", "data"):
            self.on_daemon_ready(name, self.begin)

    async def begin(self) -> None: ...


class Room(DaemonBase):
    name = "room"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...
