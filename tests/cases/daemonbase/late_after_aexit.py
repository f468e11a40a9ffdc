"""After the base's __aexit__ the daemon is closed: registering raises."""
# rule: DMN108

from __future__ import annotations

from types import TracebackType

from daemonbase import DaemonBase


class RoomDaemon(DaemonBase):
    """Looks after rooms."""

    name = "rooms"

    async def initialize(self) -> None:
        self.register_interval("save", self.save, 60)

    def save(self) -> None: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await super().__aexit__(kind, error, trace)
        self.register_task(self._flush())  # error: DMN108

    async def _flush(self) -> None: ...
