"""Tasks are the keys of a dict display."""

# rule: DMN101, DMN102, DMN103, DMN104
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        names = {
            asyncio.create_task(self.bus.emit("x")): "x",
            asyncio.create_task(self.bus.emit("x")): "y",
        }
        await asyncio.wait(names.keys())

    async def close(self) -> None:
        print("closed")
