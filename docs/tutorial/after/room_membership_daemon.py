"""RoomMembershipDaemon: sees to it that everybody is in the lobby."""

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase, EventBus

from world import USERS_CREATED, Database, User


class RoomMembershipDaemon(DaemonBase):
    """Adds newcomers as they come, and those who were there before it as soon as it can."""

    name = "room-membership"

    def __init__(self, bus: EventBus, database: Database, speed: float) -> None:
        super().__init__(bus=bus)
        self.database = database
        self.speed = speed
        self.lobby: set[str] = set()

    async def initialize(self) -> None:
        self.subscribe(USERS_CREATED, self._on_user_created)
        self.on_daemon_ready("data", self._ensure_all_users_in_rooms)

    async def _on_user_created(self, user: User) -> None:
        self.lobby.add(user.name)

    async def _ensure_all_users_in_rooms(self) -> None:
        for name in list(self.database.users):
            self.lobby.add(name)
            await asyncio.sleep(0)
