"""A class-level dict of unsubscribes in a daemon."""
# rule: DMN207
from __future__ import annotations

from daemonbase import DaemonBase, Unsubscribe


class RoomDaemon(DaemonBase):
    """Each room's subscription by its name."""

    _rooms: dict[str, Unsubscribe] = {}  # error: DMN207

    def join(self, room: str) -> None:
        self._rooms[room] = self.subscribe(f"room:{room}", print)

    def leave(self, room: str) -> None:
        self.unregister_subscription(self._rooms.pop(room))
