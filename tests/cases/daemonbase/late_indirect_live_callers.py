"""The helper of cleanup() is also called from a lambda, a partial, a public method, a subclass."""
# rule: DMN108

from __future__ import annotations

from functools import partial

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.subscribe("room:changed", lambda _: self._save_soon())
        self.subscribe("room:closed", partial(self._note, "closed"))
        self.commands = {"tidy": self._tidy}

    def _save_soon(self) -> None:
        self.defer_initialization(self.save, 5.0)

    def _note(self, what: str, payload: object) -> None:
        self.register_task(self.bus.emit(what, payload))

    def _tidy(self) -> None:
        self.register_task(self.bus.emit("tidy", None))

    def _sweep(self) -> None:
        self.register_task(self.bus.emit("sweep", None))

    def _mop(self) -> None:
        self.register_task(self.bus.emit("mop", None))

    def sweep_now(self) -> None:
        """For the console."""
        self._sweep()

    def save(self) -> None: ...

    async def cleanup(self) -> None:
        self._save_soon()
        self._note("end", None)
        self._tidy()
        self._sweep()
        self._mop()


class BigRoomDaemon(RoomDaemon):
    """Mops when it starts."""

    name = "big-rooms"

    async def initialize(self) -> None:
        await super().initialize()
        super()._mop()
