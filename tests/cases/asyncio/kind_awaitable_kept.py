"""Plain in the base but annotated as awaitable, async in the subclass, and the reverse: kept."""
# rule: DMN205
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, Union


class Source:
    """Says what may be awaited."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def close(self) -> Awaitable[None]:
        raise NotImplementedError

    def stop(self) -> Coroutine[Any, Any, None]:
        raise NotImplementedError

    def shutdown(self) -> Union[None, Awaitable[None]]:
        """May be either."""
        return None

    async def disconnect(self) -> None:
        """Hook."""

    async def terminate(self) -> None:
        """Hook."""


class RemoteSource(Source):
    """All awaitable."""

    async def close(self) -> None:
        await asyncio.sleep(0)

    async def stop(self) -> None:
        await asyncio.sleep(0)

    async def shutdown(self) -> None:
        await asyncio.sleep(0)

    def disconnect(self) -> Awaitable[None]:
        return asyncio.sleep(0)

    def terminate(self) -> asyncio.Future[None]:
        return asyncio.gather(self.close(), self.stop())
