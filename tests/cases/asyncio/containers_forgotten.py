"""The same containers, dropped instead of drained."""
# rule: DMN102, DMN103

import asyncio


class Pool:
    def __init__(self) -> None:
        self.workers: list[asyncio.Task[None]] = []
        self.timers: dict[str, asyncio.TimerHandle] = {}

    def add(self, name: str) -> None:
        self.workers.append(asyncio.create_task(self.work()))  # error: DMN103
        self.timers[name] = asyncio.get_running_loop().call_later(5, print, name)  # error: DMN102

    async def work(self) -> None:
        print("working")

    async def stop(self) -> None:
        self.workers = []
        self.timers = dict()
