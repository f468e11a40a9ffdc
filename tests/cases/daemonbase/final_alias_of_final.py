"""Another name for a final method is no override of it."""
# rule: DMN206
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daemonbase import DaemonBase


class FeedDaemon(DaemonBase):
    """Known as stop() to its old callers."""

    stop = DaemonBase.shutdown

    async def terminate(self) -> None:
        await self.shutdown(cleanup_timeout=1.0)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def shutdown(daemon: FeedDaemon) -> None:
    """A function of the module."""
    print(daemon)
