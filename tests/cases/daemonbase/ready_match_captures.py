"""match that takes the payload apart and treats all names alike."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Board(DaemonBase):
    """Shows all."""

    name = "board"

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._captures)
        self.subscribe("system:ready", self._typed)
        self.subscribe("system:ready", self._whole)

    async def _captures(self, payload: dict[str, Any]) -> None:
        match payload:
            case {"daemon": who}:
                self.log.info("%s", who)

    async def _typed(self, payload: dict[str, Any]) -> None:
        match payload:
            case {"daemon": str(who), "host": "alpha"}:
                self.log.info("%s", who)
            case _:
                self.log.warning("odd: %s", payload)

    async def _whole(self, payload: dict[str, Any]) -> None:
        match payload["daemon"]:
            case str() as who:
                self.log.info("%s", who)
