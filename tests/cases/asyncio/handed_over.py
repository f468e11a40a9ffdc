"""Handles that leave: returned, yielded, given to unknown code, to another object, to a closure."""
# rule: DMN101, DMN103

import asyncio
from collections.abc import Callable, Iterator

import somelib


class Maker:
    def make(self) -> asyncio.Task[None]:
        return asyncio.create_task(self.step())

    def stream(self) -> Iterator[asyncio.Task[None]]:
        for _ in range(3):
            yield asyncio.create_task(self.step())

    def give(self, other: somelib.Owner) -> None:
        somelib.adopt(asyncio.create_task(self.step()))
        other.task = asyncio.create_task(self.step())
        other.tasks.append(asyncio.create_task(self.step()))

    def fill(self, tasks: list[asyncio.Task[None]]) -> None:
        tasks.append(asyncio.create_task(self.step()))

    def start(self) -> Callable[[], None]:
        task = asyncio.create_task(self.step())

        def stop() -> None:
            task.cancel()

        return stop

    async def step(self) -> None:
        print("step")

    def close(self) -> None:
        print("closed")
