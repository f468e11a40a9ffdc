"""The base waits for self.needs, which each subclass sets; the base's own value is a dummy."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class MailDaemon(DaemonBase):
    name = "mail"


class Waiting(DaemonBase):
    """Not made itself; see below."""

    needs = ""

    async def initialize(self) -> None:
        if self.needs:
            self.on_daemon_ready(self.needs, self.begin)

    async def begin(self) -> None: ...


class Reader(Waiting):
    name = "reader"
    needs = "data"


class Postman(Waiting):
    name = "postman"
    needs = "mail"
