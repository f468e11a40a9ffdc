"""Mixins' hooks in front of a working daemon's."""
# rule: DMN201
from __future__ import annotations

from daemonbase import DaemonBase


class StoreDaemon(DaemonBase):
    """Works."""

    async def initialize(self) -> None:
        self.rows: list[str] = []

    async def cleanup(self) -> None:
        self.rows.clear()


class CacheMixin:
    """A cache."""

    async def initialize(self) -> None:  # error: DMN201
        self.cache: dict[str, str] = {}

    async def cleanup(self) -> None:  # error: DMN201
        self.cache.clear()


class FeedDaemon(CacheMixin, StoreDaemon):
    """Loses both of StoreDaemon's."""

    async def poll(self) -> None:
        print(self.cache)
