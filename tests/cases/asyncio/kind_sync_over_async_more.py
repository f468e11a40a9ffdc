"""Plain methods over coroutines: whoever awaits them gets None."""
# rule: DMN205
from __future__ import annotations

import abc
import asyncio


class Source(abc.ABC):
    """Abstract, async."""

    @abc.abstractmethod
    async def close(self) -> None:
        """Close it."""

    async def stop(self) -> None:
        """Hook."""

    async def shutdown(self) -> None:
        await self.stop()
        await self.close()


class FileSource(Source):
    """Nothing to wait for, the author thought."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def close(self) -> None:  # error: DMN205
        self.names.clear()

    def stop(self) -> None:  # error: DMN205
        self.names.clear()


class LoopSource(Source):
    """Runs the loop itself."""

    async def close(self) -> None:
        print("closed")

    def shutdown(self) -> None:  # error: DMN205
        asyncio.get_event_loop().run_until_complete(super().shutdown())
