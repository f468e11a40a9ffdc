"""Unpickling, copying, forking."""
# rule: DMN207
import asyncio
import copy
from typing import Any


class Spawner:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self) -> None:
        self._tasks.append(asyncio.create_task(asyncio.sleep(1)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class A(Spawner):
    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._tasks = []


class B(Spawner):
    def __copy__(self) -> "B":
        new = type(self).__new__(type(self))
        new._tasks = []
        return new


class C(Spawner):
    @classmethod
    def empty(cls) -> "C":
        self = cls.__new__(cls)
        self._tasks = []
        return self
