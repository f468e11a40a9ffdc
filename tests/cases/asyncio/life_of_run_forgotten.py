"""The same with less given back: what `finally` only re-arms, or what it does not mention."""
# rule: DMN101, DMN102, DMN103

import asyncio

from daemonbase import EventBus, Unsubscribe


class Server:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self.unsubs: list[Unsubscribe] = []
        self.done = asyncio.Event()
        self.timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        self.begin()
        try:
            await self.done.wait()
        finally:
            self.rearm()
            self.finish()

    def begin(self) -> None:
        self.unsubs.append(self.bus.subscribe("order", print))  # error: DMN101

    def rearm(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(9, print)  # error: DMN102

    def finish(self) -> None:
        print("finished", len(self.unsubs))

    def stop(self) -> None:
        self.done.set()
