"""The end of life forgets one of the fields, only tests another, and re-arms a third."""
# rule: DMN102, DMN103

import asyncio


class Poller:
    timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self.reader = asyncio.create_task(self.read())
        self.writer = asyncio.create_task(self.read())  # error: DMN103

    def arm(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(30, self.poll)  # error: DMN102

    def poll(self) -> None:
        print("poll")

    async def read(self) -> None:
        print("read")

    async def close(self) -> None:
        if self.writer:
            print("the writer runs on")
        self.reader.cancel()
