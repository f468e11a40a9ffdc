"""Subscribed at the bus and registered; and at a bus that came as an argument."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import SYSTEM_READY, DaemonBase, EventBus


class Reader(DaemonBase):
    """Loads when the data daemon is ready."""

    def __init__(self, bus: EventBus, remote: EventBus) -> None:
        super().__init__("reader", bus=bus)
        self.remote = remote

    async def initialize(self) -> None:
        self.register_subscription(self.bus.subscribe("system:ready", self._on_ready))  # error: DMN301
        handle = self.bus.subscribe(SYSTEM_READY, self._on_ready)  # error: DMN301
        self.register_subscription(handle)
        self.register_subscription(
            self.bus.subscribe(  # error: DMN301
                event="system:ready", handler=self._on_ready
            )
        )

    async def _on_ready(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == "data":
            await self.load()

    async def load(self) -> None: ...
