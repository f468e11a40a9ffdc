"""Waits by literals, constants and members."""

from __future__ import annotations

from daemonbase import DaemonBase
from daemons import DataDaemon
from names import GONE, MAIL, Daemons


class Waiting(DaemonBase):
    """Waits."""

    name = "waiting"
    ROOM = "room"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.go)
        self.on_daemon_ready(DataDaemon.name, self.go)
        self.on_daemon_ready(MAIL, self.go)
        self.on_daemon_ready("user", self.go)
        self.on_daemon_ready(Daemons.USER, self.go)
        self.on_daemon_ready(Daemons.SESSION, self.go)
        self.on_daemon_ready(self.ROOM, self.go)
        self.on_daemon_ready("room", self.go)
        self.on_daemon_ready(GONE, self.go)  # error: DMN303
        self.on_daemon_ready(Daemons.OLD, self.go)  # error: DMN303
        self.on_daemon_ready("roomz", self.go)  # error: DMN303

    async def go(self) -> None: ...
