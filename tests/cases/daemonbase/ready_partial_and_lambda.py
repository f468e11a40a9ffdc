"""partial of a filtering handler; a lambda that calls one."""
# rule: DMN301

from __future__ import annotations

from functools import partial
from typing import Any

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Loads when the data daemon is ready."""

    name = "reader"

    async def initialize(self) -> None:
        self.subscribe("system:ready", partial(self._on_ready))  # error: DMN301
        self.subscribe("system:ready", lambda payload: self._on_ready(payload))  # error: DMN301
        self.subscribe("system:ready", lambda payload: self._filter(payload["daemon"]))  # error: DMN301

    async def _on_ready(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == "data":
            self.log.info("data")

    def _filter(self, daemon: str) -> None:
        if daemon == "data":
            self.log.info("data")
