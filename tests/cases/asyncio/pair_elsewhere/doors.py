"""Adds and removes, each for itself; its event may be one that a setting names."""

from __future__ import annotations

from .hub import Hub, Kind


class Settings:
    kind = Kind.CLOSE


class Door:
    def __init__(self, hub: Hub, settings: Settings) -> None:
        self._hub = hub
        self._settings = settings
        hub.add_listener(Kind.OPEN, self._changed)
        hub.add_listener(settings.kind, self._changed)

    def _changed(self) -> None:
        print("changed")

    def close(self) -> None:
        self._hub.remove_listener(Kind.OPEN, self._changed)
        self._hub.remove_listener(self._settings.kind, self._changed)
