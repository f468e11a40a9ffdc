"""The base waits for self.needs; a subclass names a daemon that does not exist."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Waiting(DaemonBase):
    """Waits for the data, unless a subclass says otherwise."""

    needs = "data"

    async def initialize(self) -> None:
        self.on_daemon_ready(self.needs, self.begin)  # error: DMN303

    async def begin(self) -> None: ...


class Reader(Waiting):
    name = "reader"


class Postman(Waiting):
    name = "postman"
    needs = "mial"
