"""A daemon's hooks: initialize and cleanup of the base are coroutines."""
# rule: DMN203
from __future__ import annotations

from daemonbase import DaemonBase


class StoreDaemon(DaemonBase):
    """A store."""

    async def initialize(self) -> None:
        self.rows: list[str] = []
        self.subscribe("row:added", self.rows.append)

    async def cleanup(self) -> None:
        self.rows.clear()

    async def aclose(self) -> None:
        await super().aclose()


class IndexDaemon(StoreDaemon):
    """Awaits nothing."""

    async def initialize(self) -> None:
        super().initialize()  # error: DMN203
        self.index: dict[str, int] = {}

    async def cleanup(self) -> None:
        self.index.clear()
        super().cleanup()  # error: DMN203


class SortedDaemon(StoreDaemon):
    """Awaits all."""

    async def initialize(self) -> None:
        await super().initialize()
        self.rows.sort()

    async def cleanup(self) -> None:
        try:
            self.rows.sort()
        finally:
            await super().cleanup()
