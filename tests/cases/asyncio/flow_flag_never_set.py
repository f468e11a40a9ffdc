"""The flag that stands before the release is never set: no finally block here."""

# rule: DMN101
from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    async def show(self) -> None:
        end = self.bus.subscribe("x", print)  # error: DMN101
        shown = False
        await self.bus.emit("x")
        if shown:
            end()

    def close(self) -> None:
        print("closed")
