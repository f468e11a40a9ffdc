"""Overrides that never reach the daemon that does the work."""
# rule: DMN201

from daemonbase import DaemonBase


class StoreDaemon(DaemonBase):
    def __init__(self) -> None:
        super().__init__("store")
        self.rows: dict[str, str] = {}

    async def initialize(self) -> None:
        self.register_interval("flush", self.flush, 5)

    async def cleanup(self) -> None:
        await self.flush()

    async def flush(self) -> None:
        self.rows.clear()


class CachedStoreDaemon(StoreDaemon):
    def __init__(self) -> None:  # error: DMN201
        self.cache: dict[str, str] = {}

    async def initialize(self) -> None:  # error: DMN201
        self.register_interval("evict", self.cache.clear, 60)

    async def cleanup(self) -> None:  # error: DMN201
        self.cache.clear()


class LoggedStoreDaemon(StoreDaemon):
    async def cleanup(self) -> None:  # error: DMN201
        await super().initialize()  # error: DMN204
