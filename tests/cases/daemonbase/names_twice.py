"""One interval name twice on one path; once on each of two paths."""
# rule: DMN107

from daemonbase import DaemonBase


POLL = "poll"


class Twice(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval(POLL, self.read, 5)
        self.register_interval("poll", self.read, 9)  # error: DMN107

    def read(self) -> None: ...


class Branches(DaemonBase):
    async def initialize(self) -> None:
        if self.bus:
            self.register_interval(POLL, self.read, 5)
        else:
            self.register_interval(POLL, self.read, 9)

    def read(self) -> None: ...


class Cleared(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval(POLL, self.read, 5)
        self.clear_interval(POLL)
        self.register_interval(POLL, self.read, 9)

    def read(self) -> None: ...


class OnRequest(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval(POLL, self.read, 5)

    def faster(self) -> None:
        self.register_interval(POLL, self.read, 1)

    def read(self) -> None: ...
