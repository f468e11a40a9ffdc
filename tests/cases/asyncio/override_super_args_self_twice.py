"""super().close(self): self is passed twice."""
# rule: DMN204
from __future__ import annotations


class Pump:
    """A pump."""

    rate = 1

    def close(self) -> None:
        self.rate = 0


class SlowPump(Pump):
    """TypeError."""

    def close(self) -> None:
        print("slow")
        super().close(self)  # error: DMN204
