"""Aliases of methods and functions: `stop = close`, `listen = subscribe`, partialmethod."""

# rule: DMN101, DMN103
from __future__ import annotations

import asyncio
from functools import partialmethod

from daemonbase import EventBus

bus = EventBus()
listen = bus.subscribe


def _release(handle) -> None:
    handle()


release = _release


class Page:
    """aclose is an alias of a private method that releases."""

    def __init__(self) -> None:
        self._handle = listen("a", print)
        self._task: asyncio.Task[bool] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(asyncio.Event().wait())

    async def _end(self) -> None:
        release(self._handle)
        if self._task:
            self._task.cancel()

    aclose = _end


class Other:
    """stop is a partialmethod."""

    def __init__(self) -> None:
        self._handle = bus.subscribe("a", print)

    def _finish(self, loudly: bool) -> None:
        if loudly:
            print("finished")
        self._handle()

    stop = partialmethod(_finish, True)


class Dropping:
    """Drops through the module's alias and a method's alias."""

    def subscribe(self, topic: str):
        return bus.subscribe(topic, print)

    follow = subscribe

    def start(self) -> None:
        listen("b", print)  # error: DMN101
        self.follow("c")  # error: DMN101

    def close(self) -> None:
        print("closed")
