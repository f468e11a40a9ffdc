"""An __init__ that never calls the base's makes the registry itself."""
# rule: DMN207
import asyncio


class Spawner:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self.loop = loop

    def spawn(self) -> None:
        self._tasks.add(asyncio.create_task(asyncio.sleep(1)))

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


class FakeSpawner(Spawner):
    """For tests: no loop."""

    def __init__(self) -> None:
        self._tasks = set()
        self.loop = asyncio.new_event_loop()


class NamedSpawner(Spawner):
    """Own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._tasks = set()
