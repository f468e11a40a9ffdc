"""Each turn of a retry loop clears what it registered if the turn fails."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class ConnDaemon(DaemonBase):
    """Connects, with a keep-alive while it does."""

    name = "conn"

    async def initialize(self) -> None:
        for host in ("a.example", "b.example"):
            self.register_interval("keep-alive", self.keep_alive, 1)
            try:
                await self.connect(host)
                return
            except ConnectionError:
                self.clear_interval("keep-alive")
        raise ConnectionError("no host answers")

    async def connect(self, host: str) -> None: ...
    async def keep_alive(self) -> None: ...
