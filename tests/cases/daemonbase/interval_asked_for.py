"""Registered again only where nothing of the name is there; and once without asking."""
# rule: DMN107

from daemonbase import DaemonBase


class Meter(DaemonBase):
    """Reads a meter."""

    name = "asking-meter"

    async def initialize(self) -> None:
        self.running: set[str] = set()
        if await self.is_near():
            self.register_interval("read", self.read, 1)
            self.running.add("read")
        if "read" not in self.running:
            self.register_interval("read", self.read, 60)
        self.register_interval("send", self.send, 5)
        if not self.is_running("send"):
            self.register_interval("send", self.send, 50)
        self.register_interval("send", self.read, 5)  # error: DMN107

    def is_running(self, name: str) -> bool:
        return name in self.running

    async def is_near(self) -> bool:
        return True

    def read(self) -> None: ...

    def send(self) -> None: ...
