"""Not sure to be overwritten: paused in between, fired, ended, opened again, guarded, or armed once."""
# rule: DMN101, DMN102, DMN103, DMN104

import asyncio


class Clock:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.timer = loop.call_later(60, print)
        self.tick = loop.call_later(1, self.ticked)
        self.task = asyncio.create_task(self.read())

    def pause(self) -> None:
        self.timer.cancel()

    def unpause(self) -> None:
        self.timer = self.loop.call_later(60, print)

    def ticked(self) -> None:
        self.arm()

    def arm(self) -> None:
        self.tick = self.loop.call_later(1, self.ticked)

    async def read(self) -> None:
        reader, _ = await asyncio.open_connection("host", 1)
        await reader.read()

    def reread(self) -> None:
        self.task = asyncio.create_task(self.read())

    def close(self) -> None:
        for handle in (self.timer, self.tick, self.task):
            handle.cancel()


class Door:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.load()
        self.timer = loop.call_later(60, print)

    def reopen(self) -> None:
        self.timer = self.loop.call_later(60, print)

    def load(self) -> None:
        self.late = self.loop.call_later(5, print)

    def close(self) -> None:
        self.timer.cancel()
        self.late.cancel()
