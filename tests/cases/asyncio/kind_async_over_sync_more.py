"""Coroutines over plain methods: whoever calls them runs nothing."""
# rule: DMN205
from __future__ import annotations

import abc
import asyncio


class Source(abc.ABC):
    """Abstract, plain."""

    def __init__(self) -> None:
        self.names: list[str] = []

    @abc.abstractmethod
    def close(self) -> None:
        """Close it."""

    def stop(self) -> None:
        self.names.clear()

    def __exit__(self, *exc: object) -> None:
        self.stop()
        self.close()


class RemoteSource(Source):
    """Async by now."""

    async def close(self) -> None:  # error: DMN205
        await asyncio.sleep(0)

    async def stop(self) -> None:  # error: DMN205
        await asyncio.sleep(0)
        super().stop()
