"""Overrides that end in an exception have no normal path."""
# rule: DMN201, DMN202
from __future__ import annotations

import os
import sys
from typing import NoReturn


def die(message: str) -> NoReturn:
    """Leave."""
    print(message, file=sys.stderr)
    raise SystemExit(2)


class Connection:
    """A connection."""

    def __init__(self) -> None:
        self.open = True

    def close(self) -> None:
        self.open = False

    def stop(self) -> None:
        self.open = False

    def kill(self) -> None:
        self.open = False

    def terminate(self) -> None:
        self.open = False


class PooledConnection(Connection):
    """Must not be closed by its user."""

    def close(self) -> None:
        raise RuntimeError("give it back to the pool instead")

    def stop(self) -> None:
        die("a pooled connection cannot stop")

    def kill(self) -> None:
        os._exit(3)

    def terminate(self) -> None:
        if self.open:
            sys.exit("still open")
        super().terminate()
