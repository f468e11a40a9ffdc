"""Adds and does not remove."""

from __future__ import annotations

from .hub import Hub, Kind


class Window:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.add_listener(Kind.OPEN, self._changed)  # error: DMN101

    def _changed(self) -> None:
        print("changed")

    def close(self) -> None:
        print("closed")
