"""Fields released by hand: structurally right, so silent outside strict classes."""
# rule: DMN102, DMN103

import asyncio


class Poller:
    timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.timer = loop.call_later(30, self.poll)
        self.reader = asyncio.create_task(self.read())
        self.writer = asyncio.create_task(self.read())

    def poll(self) -> None:
        print("poll")

    async def read(self) -> None:
        print("read")

    async def close(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.reader.cancel()
        await self._stop_writer()

    async def _stop_writer(self) -> None:
        self.writer.cancel()
        await self.writer
