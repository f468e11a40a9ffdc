"""Cleared on one branch, registered again on both."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class MeterDaemon(DaemonBase):
    """Sends often at first."""

    name = "meter"

    async def initialize(self) -> None:
        self.register_interval("send", self.send, 10)
        if await self.calibrated():
            self.clear_interval("send")
        self.register_interval("send", self.send_all, 600)  # error: DMN107

    async def calibrated(self) -> bool:
        return True

    async def send(self) -> None: ...
    async def send_all(self) -> None: ...
