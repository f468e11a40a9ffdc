"""A constant with two values, chosen by the platform, may be either event."""
# rule: DMN101

from __future__ import annotations

import sys
from collections.abc import Callable

if sys.platform == "win32":
    EVENT = "resize"
else:
    EVENT = "winch"


class Screen:
    def __init__(self) -> None:
        self._callbacks: dict[str, Callable[[], None]] = {}

    def add_listener(self, event: str, callback: Callable[[], None]) -> None:
        self._callbacks[event] = callback

    def remove_listener(self, event: str, callback: Callable[[], None]) -> None:
        del self._callbacks[event]


class Window:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        screen.add_listener(EVENT, self._resized)
        screen.add_listener("expose", self._drawn)  # error: DMN101

    def _resized(self) -> None:
        print("resized")

    def _drawn(self) -> None:
        print("drawn")

    def close(self) -> None:
        self._screen.remove_listener("winch", self._resized)
        self._screen.remove_listener(EVENT, self._resized)
