"""initialize() returns early when a feature is off, and so never wires its base."""
# rule: DMN202
from __future__ import annotations

from daemonbase import DaemonBase


class MirrorDaemon(DaemonBase):
    """Listens."""

    def __init__(self) -> None:
        super().__init__("mirror")
        self.rows: list[str] = []

    async def initialize(self) -> None:
        self.subscribe("row:added", self.rows.append)


class RemoteMirrorDaemon(MirrorDaemon):
    """Talks to a remote side, if there is one."""

    def __init__(self, remote: str) -> None:
        super().__init__()
        self.remote = remote

    async def initialize(self) -> None:  # error: DMN202
        if not self.remote.startswith("https:"):
            self.log.warning("no remote side")
            return
        await super().initialize()
        self.register_interval("push", self.push, 60)

    async def push(self) -> None:
        print(self.rows)
