"""Comparisons beside the daemon's name, which decide nothing about it."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Board(DaemonBase):
    """Shows all daemons, in the style that its mode says."""

    name = "board"

    async def initialize(self) -> None:
        self.mode = "data"
        self.daemon = "none yet"
        self.subscribe("system:ready", self._show)
        self.subscribe("system:ready", self._count)

    async def _show(self, payload: dict[str, Any]) -> None:
        if self.mode == "data":
            self.log.info("%s", payload)
        else:
            self.log.info("%s is ready", payload["daemon"])
        settings = {"daemon": "board"}
        if settings["daemon"] == "board":
            self.log.debug("shown")

    async def _count(self, payload: dict[str, Any]) -> None:
        if self.daemon == "none yet":
            self.log.info("the first one: %s", payload["daemon"])
        self.daemon = payload["daemon"]
        if "daemon" in payload and payload["daemon"]:
            self.mode = "seen"
