"""One constant name for every host of a list: only the last one is polled."""
# rule: DMN107

from __future__ import annotations

from functools import partial

from daemonbase import DaemonBase


class HostDaemon(DaemonBase):
    """Polls hosts."""

    def __init__(self, hosts: list[str]) -> None:
        super().__init__("hosts")
        self.hosts = hosts

    async def initialize(self) -> None:
        for host in self.hosts:
            self.register_interval("poll", partial(self.poll, host), 5)  # error: DMN107

    async def poll(self, host: str) -> None:
        self.log.info("polling %s", host)
