"""The name in which DaemonBase keeps its registry is assigned."""
# rule: DMN207
from __future__ import annotations

from daemonbase import DaemonBase


class FeedDaemon(DaemonBase):
    """Took the name for its own."""

    def __init__(self) -> None:
        super().__init__("feed")
        self._daemon_state = {"running": False}  # error: DMN207

    async def initialize(self) -> None:
        self.subscribe("row:added", print)
