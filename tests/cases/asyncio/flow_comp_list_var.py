"""A list comprehension's variable of the handle's name has its own scope."""
# rule: DMN101, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        item = self.bus.subscribe("value", print)
        await self.bus.emit("value")
        print([item for item in range(3)])
        item()

    async def close(self) -> None:
        print("closed")
