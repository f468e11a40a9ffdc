"""A computed name says nothing; clearing all clears each."""
# rule: DMN107, DMN108

from daemonbase import DaemonBase


class Computed(DaemonBase):
    async def initialize(self) -> None:
        for index in range(3):
            self.register_interval(f"poll {index}", self.read, 5)
            self.register_interval(str(index), self.read, 5)

    def restart(self) -> None:
        self.register_interval("poll", self.read, 5)
        self.cleanup_intervals()
        self.register_interval("poll", self.read, 9)

    def read(self) -> None: ...
