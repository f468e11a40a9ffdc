"""The hook of the subclass calls that of the base, and registers the same name."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Sets its intervals up in a hook."""

    async def initialize(self) -> None:
        self.subscribe("config:changed", self.on_config)
        self.set_up_intervals()

    def set_up_intervals(self) -> None:
        """The usual ones; override for more."""
        self.register_interval("heartbeat", self.heartbeat, 30)

    async def heartbeat(self) -> None: ...
    async def on_config(self, payload: dict[str, str]) -> None: ...


class Gateway(Service):
    """Has more."""

    name = "gateway"

    def set_up_intervals(self) -> None:
        super().set_up_intervals()
        self.register_interval("poll", self.poll, 5)
        self.register_interval("heartbeat", self.ping, 1)  # error: DMN107

    async def poll(self) -> None: ...
    async def ping(self) -> None: ...
