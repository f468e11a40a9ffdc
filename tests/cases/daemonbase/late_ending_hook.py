"""A public hook that only the base's cleanup() calls; a public method that others may call."""
# rule: DMN108

from daemonbase import DaemonBase


class Station(DaemonBase):
    """Has a hook for its end."""

    async def cleanup(self) -> None:
        self.before_shutdown()
        self.broadcast("the end")

    def before_shutdown(self) -> None:
        """Override it."""

    def broadcast(self, text: str) -> None:
        """Tell everybody, in a task."""
        self.register_task(self.bus.emit("broadcast", text))


class Radio(Station):
    """Plays to its end."""

    name = "radio"

    def before_shutdown(self) -> None:
        self.register_task(self.bus.emit("radio", "last song"))  # error: DMN108
