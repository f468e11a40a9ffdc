"""Outside strict classes, a handle managed by hand is fine."""
# rule: DMN106

import asyncio

from daemonbase import EventBus


class Bridge:
    def __init__(self, bus: EventBus) -> None:
        self._unsubscribe = bus.subscribe("bridge", print)
        self._timer = asyncio.get_running_loop().call_later(5, print)
        self._tasks = [asyncio.create_task(self.carry())]

    async def carry(self) -> None:
        print("carry")

    def close(self) -> None:
        self._unsubscribe()
        self._timer.cancel()
        for task in self._tasks:
            task.cancel()
