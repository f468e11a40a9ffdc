"""initialize() of a daemon is called by start() without arguments."""
# rule: DMN205
from __future__ import annotations

from daemonbase import DaemonBase


class PriceDaemon(DaemonBase):
    """start() fails."""

    async def initialize(self, url: str) -> None:  # error: DMN205
        self.url = url

    async def cleanup(self, force: bool) -> None:  # error: DMN205
        print(force)


class QuoteDaemon(DaemonBase):
    """start() works."""

    async def initialize(self, url: str = "https://quotes") -> None:
        self.url = url

    async def cleanup(self, *args: object) -> None:
        print(args)
