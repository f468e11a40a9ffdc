"""A guard that tells whether there is a handle: computed not."""
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
        idle = not handle
        if idle:
            return
        handle()

    async def close(self) -> None:
        print("closed")
