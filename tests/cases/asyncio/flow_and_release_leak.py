"""Released only if the flag is set."""
# rule: DMN101, DMN102, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        end = self.bus.subscribe("x", print)  # error: DMN101
        self.on and end()

    async def close(self) -> None:
        print("closed")
