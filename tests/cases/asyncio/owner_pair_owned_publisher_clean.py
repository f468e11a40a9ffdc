"""The publisher is made by the owner itself: they go together."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Callable


class Signal:
    """A signal."""

    def __init__(self) -> None:
        self._slots: list[Callable[..., None]] = []

    def connect(self, slot: Callable[..., None]) -> None:
        self._slots.append(slot)

    def disconnect(self, slot: Callable[..., None]) -> None:
        self._slots.remove(slot)


class Document:
    """A document and its undo history."""

    def __init__(self) -> None:
        self.changed = Signal()
        self.saved = Signal()
        self.changed.connect(self._on_changed)
        saved = self.saved
        saved.connect(self._on_saved)

    def _on_changed(self) -> None:
        print("changed")

    def _on_saved(self) -> None:
        print("saved")

    def close(self) -> None:
        print("closed")
