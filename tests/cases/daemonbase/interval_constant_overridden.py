"""The base registers self.TICK, and the subclass has another TICK."""
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
    """Its service ticks as "gateway-tick", so "tick" is free."""

    name = "gateway"
    TICK = "gateway-tick"

    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval("tick", self.poll, 5)

    async def poll(self) -> None: ...
