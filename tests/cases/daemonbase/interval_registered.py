"""The same timers through the base class."""
# rule: DMN102

from daemonbase import DaemonBase


class PollDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("poll", self.poll, 5)
        self.register_interval("report", self.report, 30)
        self.defer_initialization(self.report, delay=2)

    async def poll(self) -> None:
        self.clear_interval("report")

    async def report(self) -> None:
        print("report")
