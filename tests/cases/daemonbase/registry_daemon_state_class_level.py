"""The registry's name as a class attribute, harmless names beside it."""
# rule: DMN207
from __future__ import annotations

from daemonbase import DaemonBase


class FeedDaemon(DaemonBase):
    """name, cleanup_timeout, bus may be assigned: they are there for it."""

    name = "feed"
    cleanup_timeout = 3.0
    join_timeout = 1.0
    state = "new"

    def __init__(self) -> None:
        super().__init__()
        self.subscriptions: list[str] = []
        self._state = "ready"
        self._tasks: list[str] = []
        self._intervals: dict[str, float] = {}
