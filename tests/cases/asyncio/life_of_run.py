"""A server whose life is one method: helpers acquire, and the same method gives all of it back."""
# rule: DMN101, DMN102, DMN103

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from daemonbase import EventBus, Unsubscribe


class Server:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self.unsubs: list[Unsubscribe] = []
        self.sweeper: asyncio.Task[None] | None = None
        self.done = asyncio.Event()

    async def run(self) -> None:
        self.begin()
        try:
            await self.done.wait()
        finally:
            for unsub in self.unsubs:
                unsub()
            self.finish()

    def begin(self) -> None:
        self.unsubs.append(self.bus.subscribe("order", print))
        self.sweeper = asyncio.create_task(self.sweep())

    def finish(self) -> None:
        if self.sweeper:
            self.sweeper.cancel()

    async def sweep(self) -> None:
        while True:
            await asyncio.sleep(60)

    def stop(self) -> None:
        self.done.set()


class Application(Server):
    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        self.arm()
        try:
            yield
        finally:
            self.disarm()

    def arm(self) -> None:
        self.timer = asyncio.get_running_loop().call_later(9, print)

    def disarm(self) -> None:
        self.timer.cancel()
