"""Taken in the first turn only, by a flag; released if that flag was cleared."""
# rule: DMN101, DMN102, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        first = True
        for topic in topics:
            if first:
                end = self.bus.subscribe(topic, print)
                first = False
            await self.bus.emit(topic)
        if not first:
            end()

    async def close(self) -> None:
        print("closed")
