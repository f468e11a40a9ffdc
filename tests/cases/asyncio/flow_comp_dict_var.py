"""A dict comprehension's variable of the handle's name has its own scope."""
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
        print({item: 1 for item in "ab"})
        item()

    async def close(self) -> None:
        print("closed")
