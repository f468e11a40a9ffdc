"""A guard that tells whether there is a handle: isinstance task."""

# rule: DMN101, DMN103
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self) -> None:
        task = None
        if self.on:
            task = asyncio.create_task(self.bus.emit("value"))
        await self.bus.emit("value")
        if isinstance(task, asyncio.Task):
            task.cancel()

    async def close(self) -> None:
        print("closed")
