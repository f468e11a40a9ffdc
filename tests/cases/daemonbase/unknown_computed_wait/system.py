"""The name that is waited for is computed, configured or passed in."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

import os

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    """Waits for what it is told to wait for."""

    def __init__(self, source: str, others: list[str]) -> None:
        super().__init__("reader")
        self.source = source
        self.others = others

    async def initialize(self) -> None:
        self.on_daemon_ready(self.source, self.load)
        self.on_daemon_ready(os.environ["SOURCE"], self.load)
        self.on_daemon_ready(self.source.lower() + "-2", self.load)
        for other in self.others:
            self.on_daemon_ready(other, self.load)
        self._wait_for("data")

    def _wait_for(self, daemon: str) -> None:
        self.on_daemon_ready(daemon, self.load)

    async def load(self) -> None: ...
