"""A daemon's records around handles: by hand, never, and registered."""
# rule: DMN101, DMN106

from __future__ import annotations

from dataclasses import dataclass

from daemonbase import DaemonBase, Unsubscribe


@dataclass
class Held:
    topic: str
    off: Unsubscribe


@dataclass
class Lost:
    topic: str
    handle: Unsubscribe


class Keeper(DaemonBase):
    def __init__(self) -> None:
        super().__init__("keeper")
        self._lost: dict[str, Lost] = {}

    async def initialize(self) -> None:
        self._held = Held("a", self.bus.subscribe("a", print))  # error: DMN106
        self._lost["b"] = Lost("b", self.bus.subscribe("b", print))  # error: DMN101
        held = Held("c", self.bus.subscribe("c", print))
        self.register_subscription(held.off)
        self._own = Held("d", self.bus.subscribe("d", print))
        self.register_subscription(self._own.off)

    async def cleanup(self) -> None:
        self._held.off()
