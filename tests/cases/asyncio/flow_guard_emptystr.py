"""A guard that tells whether there is a handle: emptystr."""
# rule: DMN101, DMN103

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        handle = None
        if self.on:
            handle = self.bus.subscribe("value", print)
        await self.bus.emit("value")
        if handle not in (None, False):
            handle()

    async def close(self) -> None:
        print("closed")
