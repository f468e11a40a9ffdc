"""A helper of the class keeps handles; close() releases what it keeps. Another helper only counts."""

# rule: DMN101, DMN103
from __future__ import annotations

import asyncio
from typing import TypeVar

from daemonbase import EventBus, Unsubscribe

T = TypeVar("T")


class Plugin:
    """Tracks what it takes."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._undo: list[Unsubscribe] = []
        self._count = 0

    def start(self) -> None:
        self._track(self._bus.subscribe("a", print))
        self._spawn(self._run())
        self._seen(self._bus.subscribe("b", print))  # error: DMN101
        self._noted(asyncio.create_task(self._run()))  # error: DMN103

    def _track(self, undo: Unsubscribe) -> Unsubscribe:
        self._undo.append(undo)
        return undo

    def _spawn(self, work: object) -> None:
        task = asyncio.create_task(work)
        self._track(task.cancel)

    def _seen(self, undo: Unsubscribe) -> None:
        self._count += undo is not None

    def _noted(self, task: asyncio.Task[None]) -> None:
        print("started", task.get_name())

    async def _run(self) -> None:
        await asyncio.Event().wait()

    def close(self) -> None:
        while self._undo:
            self._undo.pop()()
