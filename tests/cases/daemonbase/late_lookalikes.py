"""Names that only look like registrars, and what ends registrations."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class Directory:
    """The rooms of the whole system, as rows."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def register_interval(self, room: str, reason: str) -> None:
        """Note down how long a room was open."""
        self.rows.append((room, reason))

    def register_task(self, room: str) -> None:
        """Note down that someone must clean it."""
        self.rows.append((room, "task"))


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    def __init__(self, directory: Directory) -> None:
        super().__init__()
        self.directory = directory

    async def initialize(self) -> None:
        self.joined = self.subscribe("room:joined", self.on_joined)
        self.register_interval("sweep", self.sweep, 60)

    async def on_joined(self, payload: object) -> None: ...
    async def sweep(self) -> None: ...

    async def cleanup(self) -> None:
        self.clear_interval("sweep")
        self.unregister_subscription(self.joined)
        self.cleanup_subscriptions()
        self.cleanup_intervals()
        self.directory.register_interval("lobby", "shutdown")
        self.directory.register_task("lobby")
        self.deregister_room("lobby")

    def deregister_room(self, room: str) -> None:
        self.directory.rows.append((room, "gone"))
