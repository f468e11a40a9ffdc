"""DataDaemon: opens the database that the others wait for."""

from __future__ import annotations

from world import LOADING, Database

from .bus import EventBus
from .daemon import Daemon


class DataDaemon(Daemon):
    """Ready as soon as the users are loaded."""

    name = "data"

    def __init__(self, bus: EventBus, database: Database, speed: float) -> None:
        super().__init__(bus, speed)
        self.database = database

    async def initialize(self) -> None:
        await self.database.load(LOADING / self.speed)
