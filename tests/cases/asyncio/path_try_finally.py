"""try/finally and except paths that all reach the base."""
# rule: DMN202
from __future__ import annotations

import asyncio
import contextlib


class Link:
    """A link."""

    up = True

    async def stop(self) -> None:
        self.up = False

    async def aclose(self) -> None:
        self.up = False

    async def shutdown(self) -> None:
        self.up = False

    async def disconnect(self) -> None:
        self.up = False


class SafeLink(Link):
    """Flushes before."""

    async def flush(self) -> None:
        await asyncio.sleep(0.1)

    async def stop(self) -> None:
        try:
            await self.flush()
        finally:
            await super().stop()

    async def aclose(self) -> None:
        try:
            await self.flush()
        except OSError as error:
            print(error)
            return
        finally:
            await super().aclose()

    async def shutdown(self) -> None:
        try:
            await self.flush()
        except OSError:
            await super().shutdown()
            raise
        else:
            await super().shutdown()

    async def disconnect(self) -> None:
        with contextlib.suppress(OSError):
            await self.flush()
        async with asyncio.timeout(5):
            await super().disconnect()
