"""A flag that is True where there is no handle."""
# rule: DMN101, DMN102, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        idle = True
        if self.on:
            end = self.bus.subscribe("x", print)
            idle = False
        await self.bus.emit("x")
        if not idle:
            end()

    async def close(self) -> None:
        print("closed")
