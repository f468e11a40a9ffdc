"""A mixin's __init__ before DaemonBase in the MRO does not call super().__init__()."""
# rule: DMN201
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class CacheMixin:
    """A cache."""

    def __init__(self, *args: object, **kwargs: object) -> None:  # error: DMN201
        self.cache: dict[str, str] = {}


class FeedDaemon(CacheMixin, DaemonBase):
    """Its super().__init__() ends in the mixin."""

    def __init__(self, bus: EventBus) -> None:
        super().__init__("feed", bus=bus)

    async def cleanup(self) -> None:
        self.cache.clear()
