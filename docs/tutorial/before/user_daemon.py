"""UserDaemon: keeps a persona client open for every user."""

from __future__ import annotations

import asyncio
from typing import Any

from world import (
    MONITORING,
    RECONCILIATION,
    SYSTEM_READY,
    USERS_CREATED,
    USERS_DELETED,
    USERS_UPDATED,
    Database,
    PersonaClient,
    User,
)

from .bus import EventBus, Unsubscribe
from .daemon import Daemon


class UserDaemon(Daemon):
    """Follows the users by events, and checks now and then that it missed none."""

    name = "user"

    def __init__(self, bus: EventBus, database: Database, speed: float) -> None:
        super().__init__(bus, speed)
        self.database = database
        self.persona_clients: dict[str, PersonaClient] = {}
        self.tools: list[str] = []
        self.checks = 0
        self._unsubscribe_functions: list[Unsubscribe] = []
        self._tools_timer: asyncio.TimerHandle | None = None
        self._monitoring: asyncio.TimerHandle | None = None
        self._reconciliation: asyncio.Task[None] | None = None

    async def initialize(self) -> None:
        self._subscribe_to_system_ready()
        self._subscribe_to_users()
        self._start_monitoring_loops()
        loop = asyncio.get_running_loop()
        self._tools_timer = loop.call_later(1 / self.speed, self._load_tools)

    def _subscribe_to_system_ready(self) -> None:
        async def on_ready(payload: dict[str, Any]) -> None:
            if payload.get("daemon") == "data":
                self.log.info("data is ready")
                try:
                    await self._ensure_persona_clients()
                except Exception:
                    self.log.exception("could not open the persona clients")

        self._unsubscribe_functions.append(self.bus.subscribe(SYSTEM_READY, on_ready))

    def _subscribe_to_users(self) -> None:
        created = self.bus.subscribe(USERS_CREATED, self._on_user_changed)
        self._unsubscribe_functions.append(created)
        updated = self.bus.subscribe(USERS_UPDATED, self._on_user_changed)
        self._unsubscribe_functions.append(updated)
        self.bus.subscribe(USERS_DELETED, self._on_user_deleted)

    def _start_monitoring_loops(self) -> None:
        self._monitor()
        self._reconciliation = asyncio.create_task(self._reconcile_forever(), name="reconcile")

    def _load_tools(self) -> None:
        self.tools = ["search", "remember"]

    async def _on_user_changed(self, user: User) -> None:
        self.persona_clients[user.name] = PersonaClient(user)

    async def _on_user_deleted(self, user: User) -> None:
        client = self.persona_clients.pop(user.name, None)
        if client is not None:
            client.close()

    async def _ensure_persona_clients(self) -> None:
        for user in self.database.users.values():
            if user.name not in self.persona_clients:
                self.persona_clients[user.name] = PersonaClient(user)

    def _monitor(self) -> None:
        """The `user-monitoring` loop: count the clients that broke."""
        try:
            self.checks += 1
            broken = [name for name, client in self.persona_clients.items() if not client.is_open]
            if broken:
                self.log.warning("broken: %s", ", ".join(broken))
        except Exception:
            self.log.exception("monitoring failed")
        loop = asyncio.get_running_loop()
        self._monitoring = loop.call_later(MONITORING / self.speed, self._monitor)

    async def _reconcile_forever(self) -> None:
        """The `state-reconciliation` loop: open what events alone did not."""
        while True:
            await asyncio.sleep(RECONCILIATION / self.speed)
            try:
                await self._ensure_persona_clients()
            except Exception:
                self.log.exception("reconciliation failed")

    async def shutdown(self) -> None:
        await super().shutdown()
        for unsubscribe in self._unsubscribe_functions:
            unsubscribe()
        self._unsubscribe_functions.clear()
        if self._tools_timer is not None:
            self._tools_timer.cancel()
        if self._monitoring is not None:
            self._monitoring.cancel()
        for client in self.persona_clients.values():
            client.close()
        self.persona_clients.clear()
