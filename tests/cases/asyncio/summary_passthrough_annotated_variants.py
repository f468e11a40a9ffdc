"""Registrar-like methods that keep a handle and return it, annotated; callers drop the result."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from daemonbase import EventBus, Unsubscribe

F = TypeVar("F", bound=Callable[[], object])


class Base:
    """Keeps."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._kept: list[Callable[[], object]] = []

    def own(self, handle: Unsubscribe) -> Unsubscribe:
        """Release it at the end; returns it."""
        self._kept.append(handle)
        return handle

    def own_plain(self, handle: Callable[[], None]) -> Callable[[], None]:
        self._kept.append(handle)
        return handle

    def own_generic(self, handle: F) -> F:
        self._kept.append(handle)
        return handle

    def register_handle(self, handle: Callable[[], None]) -> Callable[[], None]:
        self._kept.append(handle)
        return handle

    def close(self) -> None:
        for handle in self._kept:
            handle()


class Page(Base):
    """All is kept by the base."""

    def start(self) -> None:
        self.own(self.bus.subscribe("a", print))
        self.own_plain(self.bus.subscribe("b", print))
        self.own_generic(self.bus.subscribe("c", print))
        self.register_handle(self.bus.subscribe("d", print))
        handle = self.bus.subscribe("e", print)
        self.own(handle)
        early = self.own(self.bus.subscribe("f", print))
        early()
