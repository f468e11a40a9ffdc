"""Something that is no daemon announces itself on the bus: waiting for it works."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import SYSTEM_READY, DaemonBase, EventBus


class LegacyServer:
    """Old code with an announcement of its own."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    async def listen(self) -> None:
        """Open the socket and say so."""
        await self.bus.emit(SYSTEM_READY, {"daemon": "legacy"})


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    """Waits for the old server."""

    name = "reader"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.load)
        self.on_daemon_ready("legacy", self.load)

    async def load(self) -> None: ...
