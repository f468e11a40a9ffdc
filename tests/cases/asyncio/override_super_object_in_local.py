"""The super object, or its bound method, goes through a local first."""
# rule: DMN201, DMN202
from __future__ import annotations


class Pump:
    """Pumps."""

    def __init__(self, rate: int) -> None:
        self.rate = rate

    def stop(self) -> None:
        self.rate = 0

    def close(self) -> None:
        self.rate = -1


class SafePump(Pump):
    """Has a valve."""

    valve = "open"

    def stop(self) -> None:
        parent = super()
        self.valve = "closed"
        parent.stop()

    def close(self) -> None:
        finish = super().close
        self.valve = "closed"
        finish()
