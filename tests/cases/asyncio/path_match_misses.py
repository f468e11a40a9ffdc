"""A match statement whose one case forgets the base."""
# rule: DMN202
from __future__ import annotations

import enum


class Mode(enum.Enum):
    """How to stop."""

    SLOW = "slow"
    FAST = "fast"
    DRY = "dry"


class Pump:
    """Pumps."""

    rate = 1

    async def stop(self, mode: Mode) -> None:
        self.rate = 0


class SlowPump(Pump):
    """A dry run stops nothing, but so does SLOW."""

    async def stop(self, mode: Mode) -> None:  # error: DMN202
        match mode:
            case Mode.FAST:
                await super().stop(mode)
            case Mode.SLOW:
                print("slowly")
            case _:
                await super().stop(mode)
