"""Acquired again only where `flusher is None or flusher.done()`."""

# rule: DMN101, DMN103, DMN104
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, topics: list[str]) -> None:
        flusher = None
        for topic in topics:
            if flusher is None or flusher.done():
                flusher = asyncio.create_task(self.bus.emit(topic))
            await asyncio.sleep(1)
        await self.bus.emit("value")
        if flusher is not None:
            await flusher

    async def close(self) -> None:
        print("closed")
