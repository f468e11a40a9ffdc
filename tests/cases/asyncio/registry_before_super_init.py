"""A field that is assigned before super().__init__() makes it; the base then replaces it."""
# rule: DMN207
from __future__ import annotations

from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Listener:
    """Ends what it listens to; its registry is made in __init__ unless it is there."""

    def __init__(self, keep: list[Unsubscribe] | None = None) -> None:
        self._subs: list[Unsubscribe] = keep if keep is not None else []

    def close(self) -> None:
        while self._subs:
            self._subs.pop()()


class TwoListener(Listener):
    """Hands its list to the base, keeps its own under another name."""

    def __init__(self) -> None:
        self._own_subs: list[Unsubscribe] = []
        super().__init__(self._own_subs)
