"""A mixin's shutdown() stands before the final one of DaemonBase in the concrete class."""
# rule: DMN206
from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class DrainMixin:
    """Drains before the end."""

    queue: list[str] = []

    async def shutdown(self, **options: Any) -> None:  # error: DMN206
        print(self.queue)
        await super().shutdown(**options)


class FeedDaemon(DrainMixin, DaemonBase):
    """Where the mixin overrides what is final."""

    async def initialize(self) -> None:
        self.queue = []
