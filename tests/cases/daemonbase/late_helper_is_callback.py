"""The helper is the handler of an event, a deferred callback, or a done-callback, too."""
# rule: DMN108

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.subscribe("room:changed", self._on_changed)
        task = self.register_task(self._work())
        task.add_done_callback(self._on_done)
        self.on_change = self._rearm

    def _on_changed(self, payload: object) -> None:
        self.defer_initialization(self._save, 5.0)

    def _on_done(self, task: asyncio.Task[None] | None) -> None:
        self.register_task(self._work())

    def _rearm(self) -> None:
        self.register_interval("save", self._save, 60)

    async def _work(self) -> None: ...
    def _save(self) -> None: ...

    async def cleanup(self) -> None:
        self._on_changed(None)
        self._on_done(None)
        self._rearm()
