"""Super in every branch: if/else, match with a wildcard, conditional expression, condition."""
# rule: DMN202
from __future__ import annotations


class Pump:
    """Pumps."""

    rate = 1

    def stop(self, mode: str = "slow") -> bool:
        self.rate = 0
        return True

    def close(self, mode: str = "slow") -> bool:
        self.rate = 0
        return False

    def shutdown(self, mode: str = "slow") -> bool:
        self.rate = 0
        return True

    def terminate(self, mode: str = "slow") -> bool:
        self.rate = 0
        return True


class SlowPump(Pump):
    """Stops in every way."""

    def stop(self, mode: str = "slow") -> bool:
        if mode == "slow":
            print("slowly")
            return super().stop(mode)
        return super().stop()

    def close(self, mode: str = "slow") -> bool:
        return super().close(mode) if mode else super().close()

    def shutdown(self, mode: str = "slow") -> bool:
        match mode:
            case "slow" | "fast":
                return super().shutdown(mode)
            case other:
                print(other)
                return super().shutdown()

    def terminate(self, mode: str = "slow") -> bool:
        if not super().terminate(mode):
            return False
        print("terminated")
        return True
