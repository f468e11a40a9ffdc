"""The subclass renames the base's interval to the name of its own."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Ticks under a name of its class."""

    TICK = "tick"

    async def initialize(self) -> None:
        self.register_interval(self.TICK, self.tick, 30)

    async def tick(self) -> None: ...


class Gateway(Service):
    """Its service ticks as "poll", and so does it."""

    name = "gateway"
    TICK = "poll"

    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval("poll", self.poll, 5)  # error: DMN107

    async def poll(self) -> None: ...
