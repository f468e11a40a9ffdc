"""Fields emptied in time: behind the release, behind a local's look, or filled again since."""
# rule: DMN101, DMN102

import asyncio

from daemonbase import EventBus, Unsubscribe


class InTime:
    def __init__(self, bus: EventBus) -> None:
        loop = asyncio.get_running_loop()
        self.unsubs: list[Unsubscribe] = [bus.subscribe("order", print)]
        self.timer: asyncio.TimerHandle | None = loop.call_later(5, print)
        self.late: asyncio.TimerHandle | None = loop.call_later(5, print)
        self.extra: Unsubscribe | None = None

    def more(self, bus: EventBus) -> None:
        self.extra = bus.subscribe("more", print)

    async def close(self) -> None:
        unsubs, self.unsubs = self.unsubs, []
        timer = self.timer
        self.timer = None
        for unsub in unsubs:
            unsub()
        if timer is not None:
            timer.cancel()
        if self.late:
            self.late.cancel()
        self.late = None


class Refilled(InTime):
    async def close(self) -> None:
        await super().close()
        self.extra = None
        await asyncio.sleep(0)
        if self.extra is not None:
            self.extra()
