"""A guard that tells whether there is a handle: mirror le gt."""
# rule: DMN101, DMN103

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        if self.on > 3:
            handle = self.bus.subscribe("value", print)
        await self.bus.emit("value")
        if self.on <= 3:
            return
        handle()

    async def close(self) -> None:
        print("closed")
