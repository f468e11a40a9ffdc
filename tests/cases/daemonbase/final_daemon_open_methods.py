"""What DaemonBase leaves open, and names that only look like its finals."""
# rule: DMN201, DMN205, DMN206
from __future__ import annotations

from daemonbase import DaemonBase


class PriceDaemon(DaemonBase):
    """Overrides hooks, aclose, stats; has its own start_polling and shutdown_all."""

    cleanup_timeout = 5.0

    async def initialize(self) -> None:
        self.register_interval("poll", self.poll, 5)

    async def poll(self) -> None:
        print("poll")

    async def cleanup(self) -> None:
        print("cleanup")

    async def aclose(self) -> None:
        print("aclose")
        await super().aclose()

    def start_polling(self) -> None:
        self.register_interval("fast", self.poll, 1)

    async def shutdown_peers(self) -> None:
        print("peers")

    def __repr__(self) -> str:
        return "<prices>"


class Plain:
    """Not a daemon: its shutdown and start are its own."""

    async def start(self) -> None:
        print("start")

    async def shutdown(self) -> None:
        print("shutdown")
