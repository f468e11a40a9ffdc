"""A name cannot equal two constants."""
# rule: DMN101, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, mode: str) -> None:
        handle = None
        if mode == "a":
            handle = self.bus.subscribe("a", print)
        if mode == "b":
            handle = self.bus.subscribe("b", print)
        await self.bus.emit("value")
        if handle is not None:
            handle()

    async def close(self) -> None:
        print("closed")
