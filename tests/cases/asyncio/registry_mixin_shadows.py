"""A mixin uses the name in which the class behind it keeps its registry."""
# rule: DMN207
from __future__ import annotations

from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Listener:
    """Ends what it listens to."""

    def __init__(self) -> None:
        self._subs: set[Unsubscribe] = set()

    def keep(self, unsubscribe: Unsubscribe) -> None:
        self._subs.add(unsubscribe)

    def close(self) -> None:
        for unsubscribe in self._subs:
            unsubscribe()
        self._subs.clear()


class CountListener(Listener):
    """_subs is the number of subscribers here."""

    def __init__(self) -> None:
        super().__init__()
        self._subs = 0  # error: DMN207

    def count(self) -> int:
        return self._subs
