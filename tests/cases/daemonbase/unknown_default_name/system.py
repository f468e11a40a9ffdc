"""The constructor's parameter has a default, which is the name unless told otherwise."""
# rule: DMN303
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase, EventBus


class DataDaemon(DaemonBase):
    """Usually called "data"."""

    def __init__(self, name: str = "data", *, bus: EventBus | None = None) -> None:
        super().__init__(name, bus=bus)


class Cache(DaemonBase):
    """Hands everything on."""

    def __init__(self, *args: str, size: int = 10, **kwargs: EventBus) -> None:
        super().__init__(*args, **kwargs)
        self.size = size


class Reader(DaemonBase):
    """Waits."""

    name = "reader"

    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.load)
        self.on_daemon_ready("archive", self.load)
        self.on_daemon_ready("l1-cache", self.load)

    async def load(self) -> None: ...


def build(bus: EventBus) -> list[DaemonBase]:
    """The whole system."""
    return [DataDaemon(bus=bus), DataDaemon("archive", bus=bus), Cache("l1-cache"), Reader()]
