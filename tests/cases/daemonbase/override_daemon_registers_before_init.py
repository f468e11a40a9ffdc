"""Registering before super().__init__(): the registry does not exist yet."""
# rule: DMN201
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class PriceDaemon(DaemonBase):
    """Subscribes too early: DaemonError at run time."""

    def __init__(self, bus: EventBus) -> None:  # error: DMN201
        self.prices: dict[str, float] = {}
        self.bus = bus
        self.subscribe("price:changed", self.on_price)
        super().__init__("prices", bus=bus)

    async def on_price(self, payload: dict[str, float]) -> None:
        self.prices.update(payload)
