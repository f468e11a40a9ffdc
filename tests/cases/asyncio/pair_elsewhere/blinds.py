"""Adds; the room that it hangs in removes."""

from __future__ import annotations

from .hub import Hub, Kind


class Blind:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.add_listener(Kind.OPEN, self.changed)

    def changed(self) -> None:
        print("changed")

    def close(self) -> None:
        print("closed")


class Room:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._blind = Blind(hub)

    def close(self) -> None:
        self._hub.remove_listener(Kind.OPEN, self._blind.changed)
        self._blind.close()
