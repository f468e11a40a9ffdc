"""Loops that end by a flag or an event which the base in another module sets."""
# case: multi-file
# rule: DMN102, DMN103
import asyncio

from stoppable import Stoppable


class Poller(Stoppable):
    async def start(self) -> None:
        self._task = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        while self._running:
            print("poll")
            await asyncio.sleep(1.0)


class Waiter(Stoppable):
    async def start(self) -> None:
        self._waiting = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        await self._stop_event.wait()
        print("over")
