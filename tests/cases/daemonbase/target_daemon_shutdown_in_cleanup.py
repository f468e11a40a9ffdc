"""A daemon's cleanup() calls super().shutdown()."""
# rule: DMN201, DMN204
from __future__ import annotations

from daemonbase import DaemonBase


class StoreDaemon(DaemonBase):
    """A store."""

    async def initialize(self) -> None:
        self.rows: list[str] = []

    async def cleanup(self) -> None:
        self.rows.clear()


class IndexDaemon(StoreDaemon):
    """Mixes the two up."""

    async def initialize(self) -> None:
        await super().initialize()
        self.index: dict[str, int] = {}

    async def cleanup(self) -> None:  # error: DMN201
        self.index.clear()
        await super().shutdown()  # error: DMN204
