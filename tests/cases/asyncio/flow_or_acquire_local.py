"""`h = h or acquire()` in a loop overwrites nothing."""
# rule: DMN101, DMN102, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        end = None
        for topic in topics:
            end = end or self.bus.subscribe(topic, print)
        if end:
            end()

    async def close(self) -> None:
        print("closed")
