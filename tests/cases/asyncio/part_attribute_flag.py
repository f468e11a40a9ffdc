"""A looping worker kept in an attribute of a part ends by a flag of that part."""
# rule: DMN102

from __future__ import annotations

import asyncio


class Run:
    def __init__(self) -> None:
        self.goes_on = True
        self.paused = False
        self.looping: asyncio.Task[None] | None = None


class Ends:
    def __init__(self) -> None:
        self._run = Run()

    def start(self) -> None:
        self._run.looping = asyncio.create_task(self._loop())

    async def _loop(self) -> None:
        while self._run.goes_on:
            await asyncio.sleep(1)

    def close(self) -> None:
        self._run.goes_on = False


class Goes:
    def __init__(self) -> None:
        self._run = Run()

    def start(self) -> None:
        self._run.looping = asyncio.create_task(self._loop())  # error: DMN102

    async def _loop(self) -> None:
        while self._run.goes_on:
            await asyncio.sleep(1)

    def close(self) -> None:
        self._run.paused = True
