"""A worker that is cancelled does not run once more: what it re-arms is not released thereby."""
# rule: DMN102
from __future__ import annotations

import asyncio


class Publisher:
    """Publishes all a while after a change, and each time it is connected anew."""

    def __init__(self) -> None:
        self._later: asyncio.TimerHandle | None = None
        self._connection: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._connection = asyncio.create_task(self._stay_connected())

    async def stop(self) -> None:
        if self._connection is not None:
            self._connection.cancel()

    def changed(self) -> None:
        if self._later is not None:
            self._later.cancel()
        loop = asyncio.get_running_loop()
        self._later = loop.call_later(2, self._publish)  # error: DMN102

    def _publish(self) -> None:
        self._later = None

    async def _stay_connected(self) -> None:
        while True:
            await asyncio.sleep(30)
            self.changed()


class Undone:
    """What is put into the field is what the end runs."""

    def __init__(self) -> None:
        self._beat: asyncio.TimerHandle | None = None
        self._undo = self._calm

    def beat(self) -> None:
        if self._beat is not None:
            self._beat.cancel()
        self._beat = asyncio.get_running_loop().call_later(2, print)

    def _calm(self) -> None:
        if self._beat is not None:
            self._beat.cancel()

    def close(self) -> None:
        self._undo()
