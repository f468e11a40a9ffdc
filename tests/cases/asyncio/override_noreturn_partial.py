"""A NoReturn helper on one path only."""
# rule: DMN202
from __future__ import annotations

import os
import sys
from typing import NoReturn


def refuse(message: str) -> NoReturn:
    """Raise."""
    raise RuntimeError(message)


class Pump:
    """A pump."""

    rate = 1

    def close(self) -> None:
        self.rate = 0

    def stop(self) -> None:
        self.rate = 0

    def quit(self) -> None:
        self.rate = 0


class SharedPump(Pump):
    """Refuses sometimes."""

    def close(self) -> None:
        if self.rate > 5:
            refuse("too fast")
        else:
            super().close()

    def stop(self) -> None:
        if self.rate > 5:
            os._exit(1)
        else:
            super().stop()

    def quit(self) -> None:
        if self.rate > 5:
            sys.exit(1)
        else:
            super().quit()
