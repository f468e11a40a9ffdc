"""A helper that registers is called before super().__init__()."""
# rule: DMN201
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class PriceDaemon(DaemonBase):
    """Wires itself too early."""

    def __init__(self, bus: EventBus) -> None:  # error: DMN201
        self.prices: dict[str, float] = {}
        self._wire()
        super().__init__("prices", bus=bus)

    def _wire(self) -> None:
        self.on_daemon_ready("data", self.load)

    async def load(self) -> None:
        self.prices.clear()
