"""Kept on one path, registered on the other: only the first is by hand."""
# rule: DMN106

from daemonbase import DaemonBase


class AlarmDaemon(DaemonBase):
    _alarm = None

    async def initialize(self, loud: bool = False) -> None:
        handle = self.bus.subscribe("alarm", print)  # error: DMN106
        if loud:
            self._alarm = handle
        else:
            self.register_subscription(handle)

    async def cleanup(self) -> None:
        if self._alarm is not None:
            self._alarm()
