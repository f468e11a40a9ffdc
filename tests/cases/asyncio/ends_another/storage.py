"""Methods that sound like an end and are none, though other code calls them.

`remove(key)` ends what it is given, `add_to_page_finish()` begins. What only these release outlives
the owner.
"""
# rule: DMN102
# case: multi-file
from __future__ import annotations

import asyncio


class Storage:
    """Saves a while after the last change."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._save_later: asyncio.TimerHandle | None = None

    def set(self, key: str, value: str) -> None:
        self.values[key] = value
        self.save()

    def remove(self, key: str) -> None:
        self.values.pop(key, None)
        self.save()

    def save(self) -> None:
        if self._save_later is not None:
            self._save_later.cancel()
        self._save_later = asyncio.get_running_loop().call_later(5, print, "saved")  # error: DMN102

    def close(self) -> None:
        print("closed", self.values)


class Widget:
    """Is put on a page in two steps, and blinks."""

    def __init__(self) -> None:
        self._blink_later: asyncio.TimerHandle | None = None

    def add_to_page_finish(self) -> None:
        self.blink()

    def blink(self) -> None:
        if self._blink_later is not None:
            self._blink_later.cancel()
        loop = asyncio.get_running_loop()
        self._blink_later = loop.call_later(1, self.blink)  # error: DMN102

    def close(self) -> None:
        print("gone")


class Row(Widget):
    """Is a widget."""

    def add_to_page_finish(self) -> None:
        super().add_to_page_finish()


class Timed:
    """Is ended by what it belongs to, in a method of another name."""

    def __init__(self) -> None:
        self._timed_ring: asyncio.TimerHandle | None = None

    def arm(self) -> None:
        self._timed_ring = asyncio.get_running_loop().call_later(1, print, "ring")

    def finish_up(self) -> None:
        self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timed_ring is not None:
            self._timed_ring.cancel()

    def close(self) -> None:
        print("closed")
