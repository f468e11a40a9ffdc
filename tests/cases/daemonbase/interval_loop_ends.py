"""The loop ends with the registration."""
# rule: DMN107

from __future__ import annotations

from functools import partial

from daemonbase import DaemonBase


class HostDaemon(DaemonBase):
    """Polls the first host that answers."""

    def __init__(self, hosts: list[str]) -> None:
        super().__init__("hosts")
        self.hosts = hosts

    async def initialize(self) -> None:
        for host in self.hosts:
            if await self.answers(host):
                self.register_interval("poll", partial(self.poll, host), 5)
                break
        else:
            self.register_interval("poll", self.complain, 60)
        while True:
            if await self.answers("localhost"):
                self.register_interval("self-check", self.complain, 60)
                return

    async def answers(self, host: str) -> bool:
        return bool(host)

    async def poll(self, host: str) -> None: ...
    async def complain(self) -> None: ...
