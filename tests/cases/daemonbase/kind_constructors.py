"""Constructors may differ as they like, those of daemons too; so may class methods that make."""
# rule: DMN201, DMN205
from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class PriceDaemon(DaemonBase):
    """Two required parameters."""

    def __init__(self, url: str, symbols: list[str], *, bus: EventBus) -> None:
        super().__init__("prices", bus=bus)
        self.url = url
        self.symbols = symbols

    @classmethod
    def create(cls, url: str) -> PriceDaemon:
        return cls(url, [], bus=EventBus())


class TestPriceDaemon(PriceDaemon):
    """None."""

    def __init__(self) -> None:
        super().__init__("test:", [], bus=EventBus())

    @classmethod
    def create(cls) -> PriceDaemon:
        return cls()
