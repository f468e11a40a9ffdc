"""The receiver's type comes from a parameter, a field, a constructor and TYPE_CHECKING."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bus import Bus as LocalBus
from daemonbase import DaemonBase

if TYPE_CHECKING:
    from bus import Bus


class TypedDaemon(DaemonBase):
    other: Bus

    def __init__(self, given: Bus) -> None:
        super().__init__()
        self.given = given
        self.made = LocalBus()

    async def initialize(self) -> None:
        self.given.on("a")  # error: DMN101
        self.made.on("b")  # error: DMN101
        self.other.on("c")  # error: DMN101
        self.use(self.given)
        self.register_subscription(self.given.on("d"))

    def use(self, bus: Bus | None) -> None:
        if bus is not None:
            bus.on("e")  # error: DMN101
