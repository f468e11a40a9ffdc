"""A lambda or a partial given to both calls makes two objects: nothing is removed."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Callable
from functools import partial


class Store:
    """A store that tells of its changes."""

    def __init__(self) -> None:
        self._listeners: set[Callable[[], None]] = set()

    def add_listener(self, listener: Callable[[], None]) -> None:
        self._listeners.add(listener)

    def remove_listener(self, listener: Callable[[], None]) -> None:
        self._listeners.discard(listener)


class Badge:
    """Shows a number."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._store.add_listener(lambda: self._show("a"))  # error: DMN101
        self._store.add_listener(partial(self._show, "b"))  # error: DMN101

    def _show(self, what: str) -> None:
        print(self._name, what)

    def close(self) -> None:
        self._store.remove_listener(lambda: self._show("a"))
        self._store.remove_listener(partial(self._show, "b"))
