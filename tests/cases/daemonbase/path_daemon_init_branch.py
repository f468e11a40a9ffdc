"""A daemon whose __init__ reaches the base in one branch only."""
# rule: DMN202
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class MirrorDaemon(DaemonBase):
    """Without a bus it has no registry."""

    def __init__(self, bus: EventBus | None) -> None:  # error: DMN202
        self.rows: list[str] = []
        if bus is not None:
            super().__init__("mirror", bus=bus)

    async def initialize(self) -> None:
        self.subscribe("row:added", self.rows.append)
