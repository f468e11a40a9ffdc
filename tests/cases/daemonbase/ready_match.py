"""match on the payload: a mapping pattern, and a class pattern."""
# rule: DMN301

from __future__ import annotations

from dataclasses import dataclass

from daemonbase import DaemonBase


@dataclass
class Ready:
    daemon: str


class Reader(DaemonBase):
    """Loads when the data daemon is ready."""

    name = "reader"

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._on_ready)  # error: DMN301
        self.subscribe("system:ready", self._on_ready_object)  # error: DMN301

    async def _on_ready(self, payload: dict[str, str]) -> None:
        match payload:
            case {"daemon": "data"}:
                await self.load()

    async def _on_ready_object(self, payload: object) -> None:
        match payload:
            case Ready(daemon="data"):
                await self.load()

    async def load(self) -> None: ...
