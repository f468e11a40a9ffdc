"""`if self.open and (h := acquire()) is not None:`."""

# rule: DMN101
from daemonbase import EventBus


class Lens:
    """Looks if it is open."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self.open = False

    async def look(self) -> None:
        if self.open and (unsubscribe := self.bus.subscribe("look", print)) is not None:
            await self.bus.emit("look")
            unsubscribe()

    def close(self) -> None:
        self.open = False
