"""Registering in cleanup, in what only cleanup calls, or when collected."""
# rule: DMN108

from daemonbase import DaemonBase


class Late(DaemonBase):
    async def initialize(self) -> None:
        self._shared()

    async def cleanup(self) -> None:
        self.subscribe("last", self.read)  # error: DMN108
        self._finish()
        self._shared()

    def _finish(self) -> None:
        self.register_interval("last", self.read, 5)  # error: DMN108

    def _shared(self) -> None:
        self.register_interval("both", self.read, 5)

    def __del__(self) -> None:
        self.register_task(self.work())  # error: DMN108

    def read(self, *_: object) -> None: ...

    async def work(self) -> None: ...
