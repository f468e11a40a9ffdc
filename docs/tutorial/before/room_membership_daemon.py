"""RoomMembershipDaemon: sees to it that everybody is in the lobby."""

from __future__ import annotations

import asyncio

from world import USERS_CREATED, Database, User

from .bus import EventBus, Unsubscribe
from .daemon import Daemon


class RoomMembershipDaemon(Daemon):
    """Adds newcomers as they come, and those who were there before it a little later."""

    name = "room-membership"

    def __init__(self, bus: EventBus, database: Database, speed: float) -> None:
        super().__init__(bus, speed)
        self.database = database
        self.lobby: set[str] = set()
        self._unsubscribe_functions: list[Unsubscribe] = []

    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe(USERS_CREATED, self._on_user_created)
        self._unsubscribe_functions.append(unsubscribe)
        # The data daemon is surely ready in two seconds.
        loop = asyncio.get_running_loop()
        loop.call_later(2 / self.speed, self._start_catch_up)

    async def _on_user_created(self, user: User) -> None:
        self.lobby.add(user.name)

    def _start_catch_up(self) -> None:
        task = asyncio.create_task(self._ensure_all_users_in_rooms())
        task.add_done_callback(self._report_catch_up)

    async def _ensure_all_users_in_rooms(self) -> None:
        for name in self.database.users:
            self.lobby.add(name)
            await asyncio.sleep(0)

    def _report_catch_up(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.log.error("catch-up failed", exc_info=error)

    async def shutdown(self) -> None:
        for unsubscribe in self._unsubscribe_functions:
            unsubscribe()
        self._unsubscribe_functions.clear()
        await super().shutdown()
