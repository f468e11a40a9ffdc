"""A daemon whose __init__ reaches the base in each branch, and hooks with guards."""
# rule: DMN202
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class MirrorDaemon(DaemonBase):
    """With or without a bus."""

    def __init__(self, bus: EventBus | None) -> None:
        self.rows: list[str] = []
        if bus is None:
            super().__init__("mirror")
        else:
            super().__init__("mirror", bus=bus)

    async def initialize(self) -> None:
        self.subscribe("row:added", self.rows.append)

    async def cleanup(self) -> None:
        self.rows.clear()


class OnceDaemon(MirrorDaemon):
    """Guards its hooks."""

    _ready = False
    _cleaned = False

    async def initialize(self) -> None:
        if self._ready:
            return
        self._ready = True
        await super().initialize()

    async def cleanup(self) -> None:
        if not self._cleaned:
            self._cleaned = True
            await super().cleanup()
