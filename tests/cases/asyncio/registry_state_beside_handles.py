"""A method makes a dict of its own fields and keeps a task elsewhere: the dict is no registry."""
# rule: DMN207
from __future__ import annotations

import asyncio

from states import StateInfo, write_state


class Entity:
    """Writes its state, with some information about it, also when it ends."""

    _state_info: StateInfo | None = None

    def __init__(self) -> None:
        self._state_tasks: dict[str, asyncio.Task[None]] = {}

    def unrecorded(self) -> frozenset[str]:
        return frozenset()

    def added(self) -> None:
        self._state_info = {"unrecorded": self.unrecorded}
        task = asyncio.create_task(self.poll())
        self._state_tasks = {"poll": task}

    async def poll(self) -> None:
        await asyncio.sleep(1)

    def write(self) -> None:
        write_state(self._state_info)

    def shutdown(self) -> None:
        self.write()
        for task in self._state_tasks.values():
            task.cancel()


class Sun(Entity):
    """Has no platform that adds it, so it makes the information itself."""

    def __init__(self) -> None:
        super().__init__()
        self._state_info = {"unrecorded": self.unrecorded}


class Moon(Entity):
    """Puts something else where the base keeps its tasks."""

    def added(self) -> None:
        super().added()
        self._state_tasks = {}  # error: DMN207
