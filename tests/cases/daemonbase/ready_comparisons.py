"""Other ways to write the comparison."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase

DATA = "data"


class Reader(DaemonBase):
    """Loads when the data daemon is ready."""

    name = "reader"
    loaded = False

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._reversed)  # error: DMN301
        self.subscribe("system:ready", self._negated)  # error: DMN301
        self.subscribe("system:ready", self._anded)  # error: DMN301
        self.subscribe("system:ready", self._by_constant)  # error: DMN301
        self.subscribe("system:ready", self._lowered)  # error: DMN301

    async def _reversed(self, payload: dict[str, Any]) -> None:
        if "data" == payload["daemon"]:
            await self.load()

    async def _negated(self, payload: dict[str, Any]) -> None:
        if not (payload["daemon"] == "data"):
            return
        await self.load()

    async def _anded(self, payload: dict[str, Any]) -> None:
        if not self.loaded and payload.get("daemon") == "data":
            await self.load()

    async def _by_constant(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == DATA:
            await self.load()

    async def _lowered(self, payload: dict[str, Any]) -> None:
        if payload["daemon"].lower() == "data":
            await self.load()

    async def load(self) -> None: ...
