"""Members of an enum are names."""
# rule: DMN107

import enum

from daemonbase import DaemonBase


class Name(enum.StrEnum):
    READ = "read"
    WRITE = "write"


class Twice(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval(Name.READ, self.read, 5)
        self.register_interval(Name.WRITE, self.read, 5)
        self.register_interval(Name.READ.value, self.read, 9)  # error: DMN107

    def read(self) -> None: ...
