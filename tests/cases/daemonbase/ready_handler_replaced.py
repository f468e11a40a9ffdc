"""The base's handler filters, but nobody subscribes it; the name is reused for another event."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Loading(DaemonBase):
    """Offers a handler that its subclass replaces."""

    async def on_ready(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == "data":
            await self.load()

    async def load(self) -> None: ...


class Reader(Loading):
    """Logs all instead."""

    name = "reader"

    async def initialize(self) -> None:
        self.subscribe("system:ready", self.on_ready)

    async def on_ready(self, payload: dict[str, Any]) -> None:
        self.log.info("%s is ready", payload["daemon"])
