"""Parent: adds nothing of that name."""

from __future__ import annotations

from base.names import Interval
from base.service import Service


class Storing(Service):
    """Purges."""

    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval(Interval.PURGE, self.purge, 100)

    async def purge(self) -> None: ...
