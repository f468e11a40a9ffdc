"""Membership in a set, a tuple, and a class constant of names."""
# rule: DMN301

from __future__ import annotations

from typing import Any

from daemonbase import DaemonBase

NEEDED = frozenset({"data", "user"})


class Reader(DaemonBase):
    """Loads when those it needs are ready."""

    name = "reader"
    NEEDED = ("data", "user")

    async def initialize(self) -> None:
        self.subscribe("system:ready", self._by_set)  # error: DMN301
        self.subscribe("system:ready", self._by_tuple)  # error: DMN301
        self.subscribe("system:ready", self._by_constant)  # error: DMN301
        self.subscribe("system:ready", self._by_class_constant)  # error: DMN301

    async def _by_set(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] in {"data", "user"}:
            await self.load()

    async def _by_tuple(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] not in ("data", "user"):
            return
        await self.load()

    async def _by_constant(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] in NEEDED:
            await self.load()

    async def _by_class_constant(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] in self.NEEDED:
            await self.load()

    async def load(self) -> None: ...
