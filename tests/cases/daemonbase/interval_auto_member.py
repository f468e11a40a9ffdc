"""auto() in a StrEnum gives the member's name in lower case."""
# rule: DMN107

from __future__ import annotations

from enum import StrEnum, auto

from daemonbase import DaemonBase


class Every(StrEnum):
    REINDEX = auto()
    COMPACT = auto()
    STATS = "stats"


class Indexer(DaemonBase):
    """Keeps the full-text index."""

    name = "indexer"

    async def initialize(self) -> None:
        self.register_interval(Every.REINDEX, self.reindex, 600)
        self.register_interval(Every.COMPACT, self.compact, 3600)
        self.register_interval(Every.STATS, self.stats_out, 30)
        self.register_interval("reindex", self.reindex_small, 60)  # error: DMN107

    async def reindex(self) -> None: ...
    async def reindex_small(self) -> None: ...
    async def compact(self) -> None: ...
    async def stats_out(self) -> None: ...
