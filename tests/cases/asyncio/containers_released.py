"""Handles in lists, sets, dicts and tuples, each drained at the end of life."""
# rule: DMN102, DMN103

import asyncio


class Pool:
    def __init__(self) -> None:
        self.workers: list[asyncio.Task[None]] = []
        self.pending: set[asyncio.Task[None]] = set()
        self.timers: dict[str, asyncio.TimerHandle] = {}

    def start(self) -> None:
        self.workers = [asyncio.create_task(self.work()) for _ in range(3)]
        self.pair = (asyncio.create_task(self.work()), asyncio.create_task(self.work()))

    def add(self, name: str) -> None:
        self.workers.append(asyncio.create_task(self.work()))
        task = asyncio.create_task(self.work())
        self.pending.add(task)
        task.add_done_callback(self.pending.discard)
        self.timers[name] = asyncio.get_running_loop().call_later(5, print, name)

    async def work(self) -> None:
        print("working")

    async def stop(self) -> None:
        for worker in self.workers:
            worker.cancel()
        first, second = self.pair
        first.cancel()
        second.cancel()
        for task in list(self.pending):
            task.cancel()
        while self.timers:
            _, timer = self.timers.popitem()
            timer.cancel()
