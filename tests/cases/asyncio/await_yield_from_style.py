"""Unusual ways of waiting for the base; a plain generator cannot be awaited, though."""
# rule: DMN201, DMN203, DMN205
from __future__ import annotations

import asyncio


class Legacy:
    """Has a coroutine, and an async generator."""

    rows: tuple[str, ...] = ()

    async def stop(self) -> None:
        self.rows = ()

    async def aclose(self) -> None:
        self.rows = ()

    async def terminate(self) -> None:
        self.rows = ()


class Waiting(Legacy):
    """Unusual ways to wait."""

    async def stop(self) -> None:
        results = await asyncio.gather(*(step for step in [super().stop()]))
        print(results)

    async def aclose(self) -> None:
        coroutine = super().aclose()
        try:
            coroutine.send(None)
        except StopIteration:
            print("done at once")

    def terminate(self):  # error: DMN205
        return (yield from super().terminate().__await__())
