"""A list of handles grows by [*handles, new]."""
# rule: DMN101, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]) -> None:
        handles = []
        for topic in topics:
            handles = [*handles, self.bus.subscribe(topic, print)]
        await self.bus.emit("value")
        for handle in handles:
            handle()

    async def close(self) -> None:
        print("closed")
