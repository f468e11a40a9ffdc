"""The daemon repeats its grandparent's name."""
# rule: DMN107
# case: multi-file

from __future__ import annotations

from storing import Storing


class ArchiveDaemon(Storing):
    """Archives."""

    name = "archive"
    WATCH = "watchdog"

    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval(self.WATCH, self.watch_disk, 60)  # error: DMN107

    async def watch_disk(self) -> None: ...
