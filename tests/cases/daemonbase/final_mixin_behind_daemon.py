"""A mixin's shutdown() behind DaemonBase overrides nothing; nor does a mixin that no daemon has."""
# rule: DMN206
from __future__ import annotations

from daemonbase import DaemonBase


class DrainMixin:
    """Used without a daemon."""

    queue: tuple[str, ...] = ()

    async def shutdown(self) -> None:
        self.queue = ()


class Drain(DrainMixin):
    """No daemon."""

    async def shutdown(self) -> None:
        print("draining")
        await super().shutdown()


class FeedDaemon(DaemonBase):
    """Has a drain instead of being one."""

    async def initialize(self) -> None:
        self.drain = Drain()

    async def cleanup(self) -> None:
        await self.drain.shutdown()
