"""Names by class attribute, constructor, constant and enum; and one that is none."""
# rule: DMN303
# case: multi-file

import enum

from daemonbase import DaemonBase, run


DATA = "data"


class Name(enum.StrEnum):
    USER = "user"
    GONE = "gone"


class Data(DaemonBase):
    name = "data"


class User(DaemonBase):
    def __init__(self) -> None:
        super().__init__("user")


class Rooms(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)
        self.on_daemon_ready(DATA, self.begin)
        self.on_daemon_ready(Name.USER, self.begin)
        self.on_daemon_ready(Name.GONE, self.begin)  # error: DMN303
        self.on_daemon_ready("Log", self.begin)
        self.on_daemon_ready("usr", self.begin)  # error: DMN303
        self.on_daemon_ready("training", self.begin)
        self.on_daemon_ready(str(DATA), self.begin)

    async def begin(self) -> None: ...


class Log(DaemonBase):
    pass


class Job(DaemonBase):
    pass


def main() -> None:
    run(Data(), User(), Rooms(), Log(), Job("training"))
