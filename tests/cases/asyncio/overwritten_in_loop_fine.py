"""Loops that release in each round, leave after one, or keep every handle."""
# rule: DMN104

import asyncio


class Fan:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.timers: dict[str, asyncio.TimerHandle] = {}
        self.timer: asyncio.TimerHandle | None = None

    def all_of_them(self, delays: dict[str, float]) -> None:
        for name, delay in delays.items():
            timer = self.loop.call_later(delay, print)
            self.timers[name] = timer

    def first(self, delays: list[float]) -> None:
        for delay in delays:
            self.timer = self.loop.call_later(delay, print)
            break

    async def rounds(self) -> None:
        while True:
            timer = self.loop.call_later(5, print)
            try:
                await asyncio.sleep(1)
            finally:
                timer.cancel()

    async def guarded(self) -> None:
        while True:
            if self.timer is not None:
                self.timer.cancel()
            self.timer = self.loop.call_later(5, print)
            await asyncio.sleep(1)

    def close(self) -> None:
        for timer in self.timers.values():
            timer.cancel()
        if self.timer is not None:
            self.timer.cancel()
