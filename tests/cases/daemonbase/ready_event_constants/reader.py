"""The event is named by a constant: the library's, the project's, the class's, an enum's."""

from __future__ import annotations

from typing import Any

import daemonbase
import events
from daemonbase import SYSTEM_READY, DaemonBase
from daemonbase import SYSTEM_READY as ANNOUNCED
from events import READY, Events


class Reader(DaemonBase):
    """Loads when the data daemon is ready."""

    name = "reader"
    EVENT = "system:ready"

    async def initialize(self) -> None:
        self.subscribe(SYSTEM_READY, self._on_ready)  # error: DMN301
        self.subscribe(ANNOUNCED, self._on_ready)  # error: DMN301
        self.subscribe(daemonbase.SYSTEM_READY, self._on_ready)  # error: DMN301
        self.subscribe(READY, self._on_ready)  # error: DMN301
        self.subscribe(events.READY, self._on_ready)  # error: DMN301
        self.subscribe(self.EVENT, self._on_ready)  # error: DMN301
        self.subscribe(Events.READY, self._on_ready)  # error: DMN301

    async def _on_ready(self, payload: dict[str, Any]) -> None:
        if payload["daemon"] == "data":
            await self.load()

    async def load(self) -> None: ...
