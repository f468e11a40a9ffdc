"""A worker goes on waiting for its queue after `join`; a sentinel ends it, and so does cancel."""
# rule: DMN103

import asyncio


class Joined:
    def __init__(self) -> None:
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()

    def start(self) -> None:
        self.writer = asyncio.create_task(self.run())  # error: DMN103

    async def run(self) -> None:
        while (item := await self.queue.get()) is not None:
            print(item)
            self.queue.task_done()

    async def close(self) -> None:
        await self.queue.join()


class Told(Joined):
    def begin(self) -> None:
        self.reader = asyncio.create_task(self.read())

    async def read(self) -> None:
        while await self.inbox.get() is not None:
            self.inbox.task_done()

    def open(self) -> None:
        self.inbox: asyncio.Queue[str | None] = asyncio.Queue()

    async def close(self) -> None:
        await super().close()
        await self.inbox.join()
        self.inbox.put_nowait(None)
