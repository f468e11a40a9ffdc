"""Handlers that treat all daemons alike."""
# rule: DMN301

from __future__ import annotations

import time
from typing import Any

from daemonbase import SYSTEM_READY, DaemonBase


class Board(DaemonBase):
    """Shows which daemons are up."""

    name = "board"

    async def initialize(self) -> None:
        self.up: dict[str, float] = {}
        self.subscribe("system:ready", self._log)
        self.subscribe(SYSTEM_READY, self._note)
        self.subscribe(SYSTEM_READY, lambda payload: self.log.info("%(daemon)s", payload))
        self.subscribe(SYSTEM_READY, self._forward)

    async def _log(self, payload: dict[str, Any]) -> None:
        self.log.info("%s is ready", payload["daemon"])

    async def _note(self, payload: dict[str, Any]) -> None:
        who = payload.get("daemon", "?")
        self.up[who] = time.monotonic()
        if len(self.up) == 13:
            self.log.info("all are up")

    async def _forward(self, payload: dict[str, Any]) -> None:
        await self.bus.emit(f"ready:{payload['daemon']}", payload)
