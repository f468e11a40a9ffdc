"""Annotated class attributes, and daemons without a name, which have their class's."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from typing import ClassVar, Final

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name: str = "data"


class MailDaemon(DaemonBase):
    name: ClassVar[str] = "mail"


class TrainDaemon(DaemonBase):
    name: Final = "train"


class Watchdog(DaemonBase):
    """Its name is "Watchdog"."""


class AccountDaemon(DaemonBase):
    """Waits for all of them, and for names that they do not have."""

    name = "user"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.load)
        self.on_daemon_ready("mail", self.load)
        self.on_daemon_ready("train", self.load)
        self.on_daemon_ready("Watchdog", self.load)
        self.on_daemon_ready("watchdog", self.load)  # error: DMN303
        self.on_daemon_ready("TrainDaemon", self.load)  # error: DMN303
        self.on_daemon_ready("AccountDaemon", self.load)  # error: DMN303

    async def load(self) -> None: ...
