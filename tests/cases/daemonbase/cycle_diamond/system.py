"""Two wait for one, and a fourth for both: no circle."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase


class Data(DaemonBase):
    name = "data"


class Users(DaemonBase):
    name = "users"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...


class Rooms(DaemonBase):
    name = "rooms"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...


class Web(DaemonBase):
    name = "web"

    async def initialize(self) -> None:
        for name in ("users", "rooms", "data"):
            self.on_daemon_ready(name, self.begin)

    async def begin(self) -> None: ...
