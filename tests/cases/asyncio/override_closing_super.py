"""contextlib.closing(super()), and super() given to a function that closes it."""
# rule: DMN201
from __future__ import annotations

import contextlib
from typing import Any


def shut(thing: Any) -> None:
    """Close anything."""
    thing.close()


class Client:
    """A client."""

    rows: tuple[str, ...] = ()

    def close(self) -> None:
        self.rows = ()


class SafeClient(Client):
    """Closes on the way out."""

    def close(self) -> None:
        with contextlib.closing(super()):
            print(self.rows)


class OtherClient(Client):
    """Hands super() on."""

    def close(self) -> None:
        shut(super())
