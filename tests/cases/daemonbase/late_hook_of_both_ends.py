"""cleanup() and initialize() of the base call one hook; the subclass's hook registers."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Tells its subclass of each change of its state."""

    async def initialize(self) -> None:
        self.on_state("up")

    async def cleanup(self) -> None:
        self.on_state("down")

    def on_state(self, state: str) -> None:
        """Override it."""


class Gateway(Service):
    """Emits it."""

    name = "gateway"

    def on_state(self, state: str) -> None:
        self.register_task(self.bus.emit("state", state))
