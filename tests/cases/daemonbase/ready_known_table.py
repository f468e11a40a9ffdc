"""Looks the name up in what it knows at run time."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Board(DaemonBase):
    """Ticks daemons off a list that is read from a file."""

    def __init__(self, expected: list[str]) -> None:
        super().__init__("board")
        self.missing = set(expected)
        self.rows: dict[str, str] = {}
        self.last = ""

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._tick_off)
        self.subscribe("system:ready", self._update)
        self.subscribe("system:ready", self._twice)

    async def _tick_off(self, payload: dict[str, Any]) -> None:
        self.missing.discard(payload["daemon"])
        if not self.missing:
            self.log.info("all there")

    async def _update(self, payload: dict[str, Any]) -> None:
        who = payload["daemon"]
        if who not in self.rows:
            self.rows[who] = "new"
        else:
            self.rows[who] = "restarted"

    async def _twice(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == self.last:
            self.log.warning("%s has come twice", self.last)
        self.last = payload["daemon"]
