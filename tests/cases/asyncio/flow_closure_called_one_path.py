"""A nested function that ends the subscription, called on one path only."""

# rule: DMN101
from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        handle = self.bus.subscribe("value", print)  # error: DMN101

        def end() -> None:
            handle()

        if not self.on:
            return
        await self.bus.emit("value")
        end()

    async def close(self) -> None:
        print("closed")
