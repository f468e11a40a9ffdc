"""Readers of many sockets, removed in a loop."""

# rule: DMN101
import asyncio

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on

    async def show(self, socks: list[object]) -> None:
        ready = asyncio.Event()
        loop = asyncio.get_running_loop()
        for sock in socks:
            loop.add_reader(sock, ready.set)
        await ready.wait()
        for sock in socks:
            loop.remove_reader(sock)

    async def close(self) -> None:
        print("closed")
