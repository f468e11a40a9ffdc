"""Tests of presence, type and emptiness are no filter on a name."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Board(DaemonBase):
    """Shows who is there, whatever the payload looks like."""

    name = "board"

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._one)
        self.subscribe("system:ready", self._two)
        self.subscribe("system:ready", self._three)

    async def _one(self, payload: dict[str, Any]) -> None:
        if payload.get("daemon") is None:
            return
        self.log.info("%s", payload["daemon"])

    async def _two(self, payload: dict[str, Any]) -> None:
        if "daemon" not in payload or payload["daemon"] == "":
            self.log.warning("a nameless daemon")
            return
        self.log.info("%s", payload["daemon"])

    async def _three(self, payload: dict[str, Any]) -> None:
        if payload.get("daemon") == None or len(payload["daemon"]) > 80:  # noqa: E711
            return
        self.log.info("%s", payload["daemon"])
