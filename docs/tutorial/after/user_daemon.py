"""UserDaemon: keeps a persona client open for every user."""

from __future__ import annotations

from daemonbase import DaemonBase, EventBus

from world import (
    MONITORING,
    RECONCILIATION,
    USERS_CREATED,
    USERS_DELETED,
    USERS_UPDATED,
    Database,
    PersonaClient,
    User,
)


class UserDaemon(DaemonBase):
    """Follows the users by events, and checks now and then that it missed none."""

    name = "user"

    def __init__(self, bus: EventBus, database: Database, speed: float) -> None:
        super().__init__(bus=bus)
        self.database = database
        self.speed = speed
        self.persona_clients: dict[str, PersonaClient] = {}
        self.tools: list[str] = []
        self.checks = 0

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self._ensure_persona_clients)
        self.subscribe(USERS_CREATED, self._on_user_changed)
        self.subscribe(USERS_UPDATED, self._on_user_changed)
        self.subscribe(USERS_DELETED, self._on_user_deleted)
        monitoring, reconciliation = MONITORING / self.speed, RECONCILIATION / self.speed
        self.register_interval("user-monitoring", self._monitor, monitoring)
        self.register_interval("state-reconciliation", self._ensure_persona_clients, reconciliation)
        self.defer_initialization(self._load_tools, 1 / self.speed)

    def _load_tools(self) -> None:
        self.tools = ["search", "remember"]

    async def _on_user_changed(self, user: User) -> None:
        self.persona_clients[user.name] = PersonaClient(user)

    async def _on_user_deleted(self, user: User) -> None:
        client = self.persona_clients.pop(user.name, None)
        if client is not None:
            client.close()

    async def _ensure_persona_clients(self) -> None:
        """Open what events alone did not."""
        for user in self.database.users.values():
            if user.name not in self.persona_clients:
                self.persona_clients[user.name] = PersonaClient(user)

    def _monitor(self) -> None:
        """Count the clients that broke."""
        self.checks += 1
        broken = [name for name, client in self.persona_clients.items() if not client.is_open]
        if broken:
            self.log.warning("broken: %s", ", ".join(broken))

    async def cleanup(self) -> None:
        for client in self.persona_clients.values():
            client.close()
        self.persona_clients.clear()
