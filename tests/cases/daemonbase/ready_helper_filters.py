"""The handler asks a helper, or hands the name on to one that compares."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Loads when the data daemon is ready."""

    name = "reader"

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._on_ready)  # error: DMN301

    async def _on_ready(self, payload: dict[str, Any]) -> None:
        if self._is_data(payload):
            await self.load()

    @staticmethod
    def _is_data(payload: dict[str, Any]) -> bool:
        return payload["daemon"] == "data"

    async def load(self) -> None: ...
