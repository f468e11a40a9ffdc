"""Not awaited in a finally, in an except and in a conditional expression."""
# rule: DMN203
from __future__ import annotations

import asyncio


class Link:
    """A link."""

    up = True

    async def stop(self) -> None:
        self.up = False

    async def aclose(self) -> None:
        self.up = False


class SafeLink(Link):
    """Flushes before."""

    async def flush(self) -> None:
        await asyncio.sleep(0.1)

    async def stop(self) -> None:
        try:
            await self.flush()
        finally:
            super().stop()  # error: DMN203

    async def aclose(self) -> None:
        try:
            await self.flush()
        except OSError:
            super().aclose()  # error: DMN203
            raise
        await super().aclose()
