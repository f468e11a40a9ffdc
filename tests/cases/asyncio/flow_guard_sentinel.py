"""A guard that tells whether there is a handle: sentinel."""
# rule: DMN101, DMN103

from daemonbase import EventBus

_MISSING = object()


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        handle = _MISSING
        if self.on:
            handle = self.bus.subscribe("value", print)
        await self.bus.emit("value")
        if handle is not _MISSING:
            handle()

    async def close(self) -> None:
        print("closed")
