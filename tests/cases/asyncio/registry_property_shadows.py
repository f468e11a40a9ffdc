"""A property of the subclass takes the place of the base's registry; name-mangled ones are safe."""
# rule: DMN207
from __future__ import annotations

from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Listener:
    """Ends what it listens to; keeps it under a mangled name."""

    def __init__(self) -> None:
        self.__subs: list[Unsubscribe] = []

    def keep(self, unsubscribe: Unsubscribe) -> None:
        self.__subs.append(unsubscribe)

    def close(self) -> None:
        while self.__subs:
            self.__subs.pop()()


class NamedListener(Listener):
    """Its __subs is another one."""

    def __init__(self) -> None:
        super().__init__()
        self.__subs: dict[str, str] = {}

    def names(self) -> list[str]:
        return list(self.__subs)
