"""getattr(super(), "close")() and operator.methodcaller are calls of the base."""
# rule: DMN201
from __future__ import annotations

from operator import methodcaller


class Pump:
    """Pumps."""

    def __init__(self, rate: int) -> None:
        self.rate = rate

    def stop(self) -> None:
        self.rate = 0

    def close(self) -> None:
        self.rate = -1

    def disconnect(self) -> None:
        self.rate = -2


class SafePump(Pump):
    """Has a valve."""

    valve = "open"

    def stop(self) -> None:
        self.valve = "closed"
        getattr(super(), "stop")()

    def close(self) -> None:
        self.valve = "closed"
        methodcaller("close")(super())

    def disconnect(self) -> None:
        name = "disconnect"
        getattr(super(SafePump, self), name)()
