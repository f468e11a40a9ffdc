"""Retry loops over constants: they run at least once."""
# rule: DMN201, DMN202
from __future__ import annotations

import asyncio
import itertools

_RETRIES = 3
_DELAYS = (0.1, 0.5, 2.0)


class Link:
    """A link."""

    def __init__(self) -> None:
        self.up = True

    async def disconnect(self) -> None:
        self.up = False

    async def stop(self) -> None:
        self.up = False

    async def close(self) -> None:
        self.up = False

    async def shutdown(self) -> None:
        self.up = False


class StubbornLink(Link):
    """Tries, with backoff."""

    async def disconnect(self) -> None:
        for attempt in range(1, _RETRIES + 1):
            try:
                await super().disconnect()
            except OSError:
                await asyncio.sleep(2**attempt)
            else:
                break

    async def stop(self) -> None:
        for delay in _DELAYS:
            try:
                return await super().stop()
            except OSError:
                await asyncio.sleep(delay)

    async def close(self) -> None:
        for attempt in itertools.count():
            try:
                await super().close()
                return
            except OSError:
                await asyncio.sleep(attempt)

    async def shutdown(self) -> None:
        delay = 0.1
        while True:
            try:
                await super().shutdown()
            except OSError:
                await asyncio.sleep(delay)
                delay = min(delay * 2, 30)
                continue
            break
