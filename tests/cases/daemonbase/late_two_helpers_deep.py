"""The registration is two helpers away from cleanup()."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.open = True
        self.subscribe("room:joined", self.on_joined)

    async def on_joined(self, payload: dict[str, str]) -> None: ...

    async def cleanup(self) -> None:
        try:
            await self._say_good_bye()
        finally:
            self.open = False

    async def _say_good_bye(self) -> None:
        if self.open:
            self._schedule_reminder()

    def _schedule_reminder(self) -> None:
        self.defer_initialization(self._remind, 1.0)  # error: DMN108

    def _remind(self) -> None: ...
