"""Context managers, locks and walrus conditions round super()."""
# rule: DMN202
from __future__ import annotations

import asyncio
import contextlib
import threading


class Link:
    """A link."""

    up = True

    def close(self) -> int:
        self.up = False
        return 1

    async def aclose(self) -> None:
        self.up = False

    def stop(self) -> int:
        self.up = False
        return 3


class LockedLink(Link):
    """Locks."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.alock = asyncio.Lock()

    def close(self) -> int:
        with self.lock, contextlib.suppress(OSError):
            return super().close()
        return 0

    async def aclose(self) -> None:
        async with self.alock:
            await super().aclose()

    def stop(self) -> int:
        if (count := super().stop()) > 1:
            print(count)
        return count
