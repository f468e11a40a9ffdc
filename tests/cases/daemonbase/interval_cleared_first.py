"""Registering again after clear_interval is deliberate, whichever way the name is written."""
# rule: DMN107

from __future__ import annotations

from enum import StrEnum

from daemonbase import DaemonBase


class Ticks(StrEnum):
    READ = "read"
    SEND = "send"


class MeterDaemon(DaemonBase):
    """Reads often until calibrated, then seldom."""

    name = "meter"

    async def initialize(self) -> None:
        self.register_interval(Ticks.READ, self.read, 0.2)
        self.register_interval("send", self.send, 10)
        await self.calibrate()
        self.clear_interval("read")
        self.register_interval(Ticks.READ, self.read, 60)
        if self.clear_interval(Ticks.SEND):
            self.log.debug("sending seldom from now on")
        self.register_interval("send", self.send, 600)

    async def calibrate(self) -> None: ...
    async def read(self) -> None: ...
    async def send(self) -> None: ...
