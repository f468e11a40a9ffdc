"""The base subscribes its abstract handler; the subclass's filters."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Listening(DaemonBase):
    """Subscribes a handler that subclasses give."""

    async def initialize(self) -> None:
        self.subscribe("system:ready", self.on_ready)  # error: DMN301

    async def on_ready(self, payload: dict[str, Any]) -> None:
        raise NotImplementedError


class Reader(Listening):
    """Loads."""

    name = "reader"

    async def on_ready(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == "data":
            self.log.info("data")
