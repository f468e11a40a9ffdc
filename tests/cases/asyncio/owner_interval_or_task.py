"""A loop over sleep() is an interval, whatever form it takes; other loops are tasks."""

# rule: DMN102, DMN103
from __future__ import annotations

import asyncio
from asyncio import sleep as pause


class Mixed:
    """All of them leak: aclose() has no idea."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[int] = asyncio.Queue()

    def start(self) -> None:
        self._a = asyncio.create_task(self._poll())  # error: DMN102
        self._b = asyncio.create_task(self._drain())  # error: DMN103
        self._c = asyncio.ensure_future(self._guarded_poll())  # error: DMN102
        self._d = asyncio.create_task(self._wait_a_bit())  # error: DMN103

        async def tick() -> None:
            while True:
                await pause(1)

        self._e = asyncio.create_task(tick(), name="tick")  # error: DMN102

    async def _poll(self) -> None:
        while True:
            print("poll")
            await asyncio.sleep(5)

    async def _drain(self) -> None:
        while True:
            print(await self._queue.get())

    async def _guarded_poll(self) -> None:
        try:
            while True:
                try:
                    print("poll")
                finally:
                    await asyncio.sleep(5)
        except asyncio.CancelledError:
            print("cancelled")
            raise

    async def _wait_a_bit(self) -> None:
        await asyncio.sleep(30)
        print("a bit later")

    async def aclose(self) -> None:
        print("closed")
