"""Super is called in one branch only: if without else, a conditional expression, `and`."""
# rule: DMN202
from __future__ import annotations


class Pump:
    """Pumps."""

    rate = 1

    def stop(self, gracefully: bool = False) -> None:
        self.rate = 0

    def close(self, gracefully: bool = False) -> None:
        self.rate = 0

    def shutdown(self, gracefully: bool = False) -> None:
        self.rate = 0


class SlowPump(Pump):
    """Stops only when asked nicely."""

    def stop(self, gracefully: bool = False) -> None:  # error: DMN202
        if gracefully:
            super().stop(gracefully)
        else:
            print("no")

    def close(self, gracefully: bool = False) -> None:  # error: DMN202
        super().close(gracefully) if gracefully else None

    def shutdown(self, gracefully: bool = False) -> None:  # error: DMN202
        gracefully and super().shutdown()
