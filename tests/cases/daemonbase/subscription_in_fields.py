"""Kept in a field and never released, against kept and released by hand."""
# rule: DMN101

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    async def initialize(self) -> None:
        self._forgotten = self.bus.subscribe("room:created", self.on_room)  # error: DMN101
        self._tested = self.bus.subscribe("room:moved", self.on_room)  # error: DMN101
        self._list = []
        self._list.append(self.bus.subscribe("room:closed", self.on_room))  # error: DMN101

    async def on_room(self, payload: object) -> None:
        if self._tested:
            print(payload)
