"""The publisher gives a handle and has a second way: the second is used."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Callable


class Hub:
    """Listeners."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def add_listener(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self.remove_listener(listener)

    def remove_listener(self, listener: Callable[[], None]) -> None:
        self._listeners.remove(listener)


class View:
    """A view."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.hub.add_listener(self._refresh)

    def _refresh(self) -> None:
        print("refresh")

    def close(self) -> None:
        self.hub.remove_listener(self._refresh)
