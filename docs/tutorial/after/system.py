"""The whole system: one bus, one database, four daemons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daemonbase import DaemonBase, EventBus, Supervisor

from world import SPEED, Database, Facts

from .data_daemon import DataDaemon
from .room_membership_daemon import RoomMembershipDaemon
from .training_daemon import TrainingDaemon
from .user_daemon import UserDaemon


class System:
    """Starts the daemons in order and shuts each down before those that it waits for."""

    def __init__(self, speed: float = SPEED) -> None:
        self.speed = speed
        self.bus = EventBus()
        self.database = Database()
        self.user = UserDaemon(self.bus, self.database, speed)
        self.training = TrainingDaemon(self.bus, speed)
        self.rooms = RoomMembershipDaemon(self.bus, self.database, speed)
        self.data = DataDaemon(self.bus, self.database, speed)
        self.daemons: list[DaemonBase] = [self.user, self.training, self.rooms, self.data]
        self.supervisor = Supervisor(*self.daemons)

    async def start(self) -> None:
        """Start all daemons; it takes as long as the database takes to load."""
        await self.supervisor.start()

    async def shutdown(self) -> None:
        """Shut all daemons down."""
        await self.supervisor.shutdown()

    async def emit(self, event: str, payload: Any) -> None:
        """Tell all daemons of an event."""
        await self.bus.emit(event, payload)

    def facts(self) -> Facts:
        """What the daemons have got done."""
        return Facts(
            clients=len(self.user.persona_clients),
            lobby=len(self.rooms.lobby),
            checks=self.user.checks,
            trained=self.training.trained,
            tools=len(self.user.tools),
        )

    def subscriptions(self) -> list[tuple[str, Callable[..., object]]]:
        """The live subscriptions, as (event, handler)."""
        return list(self.bus.handlers())
