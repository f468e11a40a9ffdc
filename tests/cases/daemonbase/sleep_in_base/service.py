"""The base's initialize() sleeps for all of its subclasses; reported once, there."""
# rule: DMN302
# case: multi-file

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Waits for the data daemon, by the clock."""

    startup_delay = 2.0

    async def initialize(self) -> None:
        await super().initialize()
        await asyncio.sleep(self.startup_delay)  # error: DMN302
        self.register_interval("beat", self.beat, 30)

    async def beat(self) -> None: ...
