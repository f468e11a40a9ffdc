"""Asks whether it has seen a daemon before: no filter on a name."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Board(DaemonBase):
    """Counts how often each daemon has come up."""

    name = "board"

    async def initialize(self) -> None:
        self.seen: set[str] = set()
        self.restarts: dict[str, int] = {}
        self.subscribe("system:ready", self._note)

    async def _note(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] in self.seen:
            self.restarts[payload["daemon"]] = self.restarts.get(payload["daemon"], 0) + 1
            return
        self.seen.add(payload["daemon"])
