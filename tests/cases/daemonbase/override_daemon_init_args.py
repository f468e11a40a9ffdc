"""DaemonBase.__init__ takes one positional argument."""
# rule: DMN204
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class PriceDaemon(DaemonBase):
    """TypeError."""

    def __init__(self, url: str, bus: EventBus) -> None:
        super().__init__("prices", bus)  # error: DMN204
        self.url = url


class QuoteDaemon(DaemonBase):
    """TypeError: no such keyword."""

    def __init__(self, bus: EventBus) -> None:
        super().__init__("quotes", event_bus=bus)  # error: DMN204
