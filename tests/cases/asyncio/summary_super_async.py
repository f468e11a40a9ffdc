"""An async override returns `await super().connect()`; dropped by a caller."""

# rule: DMN103
from __future__ import annotations

import asyncio


class Base:
    """Connects."""

    async def connect(self) -> asyncio.Task[None]:
        return asyncio.create_task(self.run())

    async def run(self) -> None:
        await asyncio.Event().wait()


class Loud(Base):
    """Says so."""

    async def connect(self) -> asyncio.Task[None]:
        print("connecting")
        return await super().connect()

    async def start(self) -> None:
        self._kept = await self.connect()
        await self.connect()  # error: DMN103

    async def stop(self) -> None:
        self._kept.cancel()
