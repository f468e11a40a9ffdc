"""A handled error returns before the base is closed."""
# rule: DMN202
from __future__ import annotations

import asyncio
import logging

log = logging.getLogger(__name__)


class Link:
    """A link."""

    up = True

    async def stop(self) -> None:
        self.up = False


class SafeLink(Link):
    """Flushes before."""

    async def flush(self) -> None:
        await asyncio.sleep(0.1)

    async def stop(self) -> None:  # error: DMN202
        try:
            await self.flush()
        except OSError:
            log.exception("cannot flush")
            return
        await super().stop()
