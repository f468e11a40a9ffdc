"""The name goes to the base's constructor, by position or keyword."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase, EventBus

MAIL = "mail"


class StorageDaemon(DaemonBase):
    def __init__(self, path: str) -> None:
        super().__init__("data")
        self.path = path


class UserDaemon(DaemonBase):
    def __init__(self, bus: EventBus) -> None:
        super().__init__(name="user", bus=bus)


class MailDaemon(DaemonBase):
    def __init__(self, bus: EventBus) -> None:
        DaemonBase.__init__(self, MAIL, bus=bus)


class Reader(DaemonBase):
    """Waits."""

    name = "reader"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.load)
        self.on_daemon_ready("user", self.load)
        self.on_daemon_ready("mail", self.load)
        self.on_daemon_ready("StorageDaemon", self.load)  # error: DMN303
        self.on_daemon_ready("userss", self.load)  # error: DMN303
        self.on_daemon_ready("mial", self.load)  # error: DMN303

    async def load(self) -> None: ...
