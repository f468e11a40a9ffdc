"""What a task's done callback releases ends with the task, if the end cancels that one."""
# rule: DMN101, DMN103

import asyncio

from daemonbase import EventBus


class Watch:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def start(self) -> None:
        self.off = self.bus.subscribe("order", print)
        task = self.watching = asyncio.create_task(self.run())
        task.add_done_callback(self.ended)

    async def run(self) -> None:
        await asyncio.Event().wait()

    def ended(self, _task: asyncio.Task[None]) -> None:
        self.off()

    async def stop(self) -> None:
        self.watching.cancel()


class Lambda(Watch):
    def begin(self) -> None:
        self.more = self.bus.subscribe("more", print)
        self.watching.add_done_callback(lambda _task: self.more())


class Uncancelled:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def start(self) -> None:
        self.off = self.bus.subscribe("order", print)  # error: DMN101
        self.watching = asyncio.create_task(asyncio.Event().wait())  # error: DMN103
        self.watching.add_done_callback(self.ended)

    def ended(self, _task: asyncio.Task[None]) -> None:
        self.off()

    async def stop(self) -> None:
        print("stopped", self.watching.done())
