"""initialize() calls the helper as well."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.dirty = False
        self._schedule_save()

    def _schedule_save(self) -> None:
        self.defer_initialization(self._save, 5.0)

    def _save(self) -> None:
        self.dirty = False

    async def cleanup(self) -> None:
        if self.dirty:
            self._schedule_save()
