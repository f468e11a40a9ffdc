"""In its clean-up a daemon hands its work over to one that lives on."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class Janitor(DaemonBase):
    """Lives longer than the rooms."""

    name = "janitor"

    async def sweep(self) -> None: ...


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    def __init__(self, janitor: Janitor) -> None:
        super().__init__(bus=janitor.bus)
        self.janitor = janitor

    async def initialize(self) -> None:
        self.register_interval("sweep", self.janitor.sweep, 60)

    async def cleanup(self) -> None:
        self.janitor.register_task(self.janitor.sweep())
        self.janitor.register_interval("sweep-rooms", self.janitor.sweep, 600)
