"""A loop that assigns one place in each round keeps the last handle only."""
# rule: DMN104

import asyncio


class Fan:
    timer: asyncio.TimerHandle

    def each(self, loop: asyncio.AbstractEventLoop, delays: list[float]) -> None:
        for delay in delays:
            self.timer = loop.call_later(delay, print)  # error: DMN104

    async def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            self.timer = loop.call_later(5, print)  # error: DMN104
            await asyncio.sleep(1)

    def close(self) -> None:
        self.timer.cancel()
