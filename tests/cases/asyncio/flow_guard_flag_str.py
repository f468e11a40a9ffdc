"""A guard that tells whether there is a handle: flag str."""
# rule: DMN101, DMN103

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        state = "idle"
        if self.on:
            handle = self.bus.subscribe("value", print)
            state = "armed"
        await self.bus.emit("value")
        if state == "armed":
            handle()

    async def close(self) -> None:
        print("closed")
