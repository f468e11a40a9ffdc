"""Registrations anywhere in cleanup(): in a branch, a handler, a finally, a loop, a nested function."""
# rule: DMN108

from __future__ import annotations

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.dirty = True

    async def save(self) -> None: ...

    async def cleanup(self) -> None:
        if self.dirty:
            self.register_task(self.save())  # error: DMN108
        try:
            await self.save()
        except OSError:
            self.defer_initialization(self.save, 1.0)  # error: DMN108
        finally:
            self.register_interval("save", self.save, 1.0)  # error: DMN108

        def again() -> None:
            self.register_task(self.save())  # error: DMN108

        again()
