"""The end of life releases what the field holds: dict keys."""

# rule: DMN101, DMN102, DMN103, DMN104
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on
        self._h: dict = {}

    async def show(self, topics: list[str]) -> None:
        self._h[asyncio.create_task(self.bus.emit("x"))] = "x"

    async def close(self) -> None:
        for t, _ in self._h.items():
            t.cancel()
