"""Released by a helper of cleanup, and by the subclass's cleanup: by hand all the same."""
# rule: DMN106

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    async def initialize(self) -> None:
        self._rooms = self.bus.subscribe("room:created", print)  # error: DMN106
        self._doors = self.bus.subscribe("door:opened", print)  # error: DMN106

    async def cleanup(self) -> None:
        self._drop()

    def _drop(self) -> None:
        self._rooms()


class HallDaemon(RoomDaemon):
    async def cleanup(self) -> None:
        self._doors()
        await super().cleanup()
