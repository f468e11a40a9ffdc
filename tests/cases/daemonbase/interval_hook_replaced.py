"""The base calls a hook; the subclass's hook replaces that of the base and its interval."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Sets its intervals up in a hook."""

    async def initialize(self) -> None:
        self.subscribe("config:changed", self.on_config)
        self.set_up_intervals()

    def set_up_intervals(self) -> None:
        """The usual ones; override for others."""
        self.register_interval("heartbeat", self.heartbeat, 30)

    async def heartbeat(self) -> None: ...
    async def on_config(self, payload: dict[str, str]) -> None: ...


class Gateway(Service):
    """Beats faster."""

    name = "gateway"

    def set_up_intervals(self) -> None:
        self.register_interval("heartbeat", self.heartbeat, 1)
        self.register_interval("poll", self.poll, 5)

    async def poll(self) -> None: ...
