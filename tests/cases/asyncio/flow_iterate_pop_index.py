"""Popped as often as there are."""
# rule: DMN101, DMN102, DMN103, DMN104

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        ends = [self.bus.subscribe(t, print) for t in topics]
        for _ in range(len(ends)):
            ends.pop()()

    async def close(self) -> None:
        print("closed")
