"""The branch registers the name, and what follows both branches registers it again."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class SensorDaemon(DaemonBase):
    """Reads a sensor."""

    def __init__(self, fast: bool) -> None:
        super().__init__("sensor")
        self.fast = fast

    async def initialize(self) -> None:
        if self.fast:
            self.log.info("reading fast")
            self.register_interval("read", self.read_fast, 0.1)
        self.subscribe("sensor:calibrated", self.on_calibrated)
        self.register_interval("read", self.read, 1)  # error: DMN107

    async def on_calibrated(self, payload: dict[str, float]) -> None: ...
    async def read_fast(self) -> None: ...
    async def read(self) -> None: ...
