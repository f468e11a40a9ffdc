"""The base's cleanup() calls a hook, which nobody else does; the subclass's hook registers."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Tells its subclass of its end."""

    async def cleanup(self) -> None:
        self._on_down()

    def _on_down(self) -> None:
        """Override it."""


class Gateway(Service):
    """Emits it."""

    name = "gateway"

    def _on_down(self) -> None:
        self.register_task(self.bus.emit("state", "down"))  # error: DMN108
