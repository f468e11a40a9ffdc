"""Leaves its own announcement out; on_daemon_ready() cannot say that."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Board(DaemonBase):
    """Greets all others."""

    name = "board"

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._greet)

    async def _greet(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == self.name:
            return
        self.log.info("hello, %s", payload["daemon"])
