"""Awaited in one arm of a conditional expression."""

# rule: DMN101, DMN102, DMN103, DMN104
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]):
        task = asyncio.create_task(self.bus.emit("x"))  # error: DMN103
        return await task if self.on else None

    async def close(self) -> None:
        print("closed")
