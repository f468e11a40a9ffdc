"""DataDaemon: opens the database that the others wait for."""

from __future__ import annotations

from daemonbase import DaemonBase, EventBus

from world import LOADING, Database


class DataDaemon(DaemonBase):
    """Ready as soon as the users are loaded."""

    name = "data"

    def __init__(self, bus: EventBus, database: Database, speed: float) -> None:
        super().__init__(bus=bus)
        self.database = database
        self.speed = speed

    async def initialize(self) -> None:
        await self.database.load(LOADING / self.speed)
