"""The name depends on a setting; class bodies with a condition; a mixin gives the name."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

import sys

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    """Is called by its system."""

    name = "data-win" if sys.platform == "win32" else "data-unix"


class MailDaemon(DaemonBase):
    """Likewise."""

    if sys.platform == "win32":
        name = "mail-win"
    else:
        name = "mail-unix"


class IsStore:
    """A mixin."""

    name = "store"


class Store(IsStore, DaemonBase):
    """Is called "store"."""


class Reader(DaemonBase):
    """Waits for all."""

    name = "reader"

    async def initialize(self) -> None:
        self.on_daemon_ready("data-unix", self.load)
        self.on_daemon_ready("data-win", self.load)
        self.on_daemon_ready("mail-unix", self.load)
        self.on_daemon_ready("store", self.load)

    async def load(self) -> None: ...
