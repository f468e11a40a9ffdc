"""The base keeps unsubscribe functions in _subs; the subclass puts its own dict there."""
# rule: DMN207
from __future__ import annotations

from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Listener:
    """Ends what it listens to."""

    def __init__(self) -> None:
        self._subs: list[Unsubscribe] = []

    def keep(self, unsubscribe: Unsubscribe) -> None:
        self._subs.append(unsubscribe)

    def close(self) -> None:
        while self._subs:
            self._subs.pop()()


class NamedListener(Listener):
    """Its subscriptions by name: the base's are lost, and close() fails."""

    def __init__(self) -> None:
        super().__init__()
        self._subs = {}  # error: DMN207

    def rename(self, old: str, new: str) -> None:
        print(old, new)
