"""A dict of handles grows by {**handles}."""
# rule: DMN101, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]) -> None:
        handles = {}
        for topic in topics:
            handles = {**handles, topic: self.bus.subscribe(topic, print)}
        await self.bus.emit("value")
        for handle in handles.values():
            handle()

    async def close(self) -> None:
        print("closed")
