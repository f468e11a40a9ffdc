"""The callee appends handles to the caller's list, and the caller's class releases them."""
# rule: DMN101, DMN103

import asyncio
from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Feed:
    def subscribe(self, handler: Callable[[], None]) -> Unsubscribe: ...


def follow(feed: Feed, undo: list[Unsubscribe]) -> None:
    undo.append(feed.subscribe(print))
    undo.extend([feed.subscribe(print), feed.subscribe(repr)])


class Owner:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.undo: list[Unsubscribe] = []
        self.tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        follow(self.feed, self.undo)
        self.spawn(self.tasks)

    def spawn(self, into: "set[asyncio.Task[None]]") -> None:
        into.add(asyncio.create_task(asyncio.sleep(9)))

    async def stop(self) -> None:
        for undo in self.undo:
            undo()
        for task in self.tasks:
            task.cancel()
