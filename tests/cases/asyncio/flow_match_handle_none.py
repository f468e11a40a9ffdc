"""match on the handle: `case None` leaves, the other arm releases by the original name."""

# rule: DMN101
from daemonbase import EventBus


class Dialer:
    """Dials."""

    def __init__(self, bus: EventBus, fast: bool) -> None:
        self.bus = bus
        self.fast = fast

    async def dial(self) -> None:
        handle = self.bus.subscribe("ring", print) if self.fast else None
        await self.bus.emit("ring")
        match handle:
            case None:
                print("nothing")
            case _:
                handle()

    def close(self) -> None:
        print("closed")
