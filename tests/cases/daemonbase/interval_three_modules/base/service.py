"""Grandparent."""

from __future__ import annotations

from daemonbase import DaemonBase

from .names import Interval


class Service(DaemonBase):
    """Has a watchdog."""

    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval(Interval.WATCHDOG, self.watch, 10)

    async def watch(self) -> None: ...
