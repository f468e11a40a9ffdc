"""Each registrar of a daemon, called in cleanup()."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class Other(DaemonBase):
    name = "other"


class LastWords(DaemonBase):
    """Begins things when it ends."""

    name = "last-words"

    async def initialize(self) -> None:
        self.register_interval("tick", self.tick, 5)

    async def tick(self) -> None: ...

    async def cleanup(self) -> None:
        self.subscribe("system:bye", self.on_bye)  # error: DMN108
        self.register_interval("last", self.tick, 1)  # error: DMN108
        self.register_task(self.tick())  # error: DMN108
        self.on_daemon_ready("other", self.tick)  # error: DMN108
        self.defer_initialization(self.tick, 0.1)  # error: DMN108
        self.register_pair(self.log.removeFilter, self.log)  # error: DMN108

    async def on_bye(self, payload: object) -> None: ...
