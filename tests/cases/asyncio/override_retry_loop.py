"""super() in a retry loop that runs at least once."""
# rule: DMN201, DMN202
from __future__ import annotations

import asyncio


class Link:
    """A radio link."""

    def __init__(self) -> None:
        self.up = True

    async def disconnect(self) -> None:
        self.up = False

    async def stop(self) -> None:
        self.up = False


class StubbornLink(Link):
    """Tries until it works."""

    async def disconnect(self) -> None:
        for attempt in range(3):
            try:
                await super().disconnect()
                break
            except OSError:
                await asyncio.sleep(attempt)

    async def stop(self) -> None:
        while True:
            try:
                await super().stop()
                return
            except TimeoutError:
                await asyncio.sleep(1)
