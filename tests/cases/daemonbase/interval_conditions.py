"""Conditions that exclude each other, and a condition that does not."""
# rule: DMN107

from daemonbase import DaemonBase


class Sensor(DaemonBase):
    """Reads as its mode says."""

    name = "mode-sensor"

    def __init__(self, mode: str, fast: bool) -> None:
        super().__init__()
        self.mode = mode
        self.fast = fast

    async def initialize(self) -> None:
        if self.fast:
            self.register_interval("read", self.read, 0.1)
        if not self.fast:
            self.register_interval("read", self.read, 10)
        if self.mode == "log":
            self.register_interval("write", self.write, 1)
        if self.mode == "silent":
            self.register_interval("write", self.write, 600)
        if self.fast and self.mode == "log":
            self.register_interval("write", self.write, 0.1)  # error: DMN107

    def read(self) -> None: ...

    def write(self) -> None: ...
