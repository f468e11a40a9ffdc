"""Plain overrides without annotation that return a coroutine of their own."""
# rule: DMN205
from __future__ import annotations

import asyncio


class Source:
    """All hooks."""

    async def close(self):
        """Hook."""

    async def stop(self):
        """Hook."""

    async def shutdown(self):
        """Hook."""


class RemoteSource(Source):
    """Returns what can be awaited."""

    async def _close(self):
        await asyncio.sleep(0)

    def close(self):
        return self._close()

    def stop(self):
        if not self.__dict__:
            return asyncio.sleep(0)
        return self._close()

    def shutdown(self):
        return asyncio.create_task(self._close())
