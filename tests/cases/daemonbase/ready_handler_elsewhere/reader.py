"""Subscribes them."""

from __future__ import annotations

from daemonbase import DaemonBase
from handlers import log_all, when_data_is_ready


class Reader(DaemonBase):
    """Reads."""

    name = "reader"

    async def initialize(self) -> None:
        self.subscribe("system:ready", when_data_is_ready)  # error: DMN301
        self.subscribe("system:ready", log_all)
