"""A final method is replaced by an assignment in the class body."""
# rule: DMN206
from __future__ import annotations

from daemonbase import DaemonBase


class FeedDaemon(DaemonBase):
    """stop_all takes the place of shutdown."""

    async def stop_all(self) -> None:
        print("stopping")
        await super().shutdown()

    shutdown = stop_all  # error: DMN206
