"""Compares with the name that the constructor was given: waiting for it by hand."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Loads when its source is ready."""

    def __init__(self, source: str) -> None:
        super().__init__(f"reader-{source}")
        self.source = source

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._on_ready)  # error: DMN301

    async def _on_ready(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] != self.source:
            return
        await self.load()

    async def load(self) -> None: ...
