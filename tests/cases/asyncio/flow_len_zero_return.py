"""An early return where there are none, by len() == 0."""

# rule: DMN101, DMN102, DMN103, DMN104
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        tasks = [asyncio.create_task(self.bus.emit(t)) for t in topics]
        if len(tasks) == 0:
            return
        await asyncio.wait(tasks)

    async def close(self) -> None:
        print("closed")
