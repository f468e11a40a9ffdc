"""The helper has a name first."""
# rule: DMN101
from __future__ import annotations

from collections.abc import Iterable

from daemonbase import DaemonBase, EventBus, Unsubscribe


def combine(handles: Iterable[Unsubscribe]) -> Unsubscribe:
    """One for all."""
    kept = tuple(handles)

    def remove() -> None:
        for handle in kept:
            handle()

    return remove


def one(bus: EventBus) -> Unsubscribe:
    """One."""
    off = bus.subscribe("a", print)
    return lambda: off()


class Two(DaemonBase):
    """Two topics."""

    async def initialize(self) -> None:
        mine = one(self.bus)
        self.register_subscription(combine([self.bus.subscribe("b", print), mine]))
