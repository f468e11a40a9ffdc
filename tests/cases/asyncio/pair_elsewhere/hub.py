"""Three modules share a hub: what one takes back for itself is no removal for the others."""
# case: multi-file
# rule: DMN101

from __future__ import annotations

import enum
from collections.abc import Callable


class Kind(enum.Enum):
    OPEN = 1
    CLOSE = 2


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[Kind, list[Callable[[], None]]] = {}

    def add_listener(self, event: Kind, callback: Callable[[], None]) -> None:
        self._listeners.setdefault(event, []).append(callback)

    def remove_listener(self, event: Kind, callback: Callable[[], None]) -> None:
        self._listeners[event].remove(callback)
