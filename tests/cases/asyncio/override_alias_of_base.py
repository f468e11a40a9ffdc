"""`close = Base.close` in the class body chooses one base's method, past a mixin's."""
# rule: DMN201, DMN204
from __future__ import annotations


class Pump:
    """A pump."""

    rate = 1

    def close(self) -> None:
        self.rate = 0

    def stop(self) -> None:
        self.rate = 0


class SlowPump(Pump):
    """Keeps the base's method under a private name, and calls that."""

    _pump_close = Pump.close

    def close(self) -> None:
        print("slow")
        self._pump_close()

    stop = Pump.stop
