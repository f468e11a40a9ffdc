"""Coroutine functions where the standard library calls a plain method."""
# rule: DMN205
from __future__ import annotations

import asyncio
import logging
import tempfile


class HttpHandler(logging.Handler):
    """logging.shutdown() calls close(): nothing runs."""

    queue: list[str] = []

    async def close(self) -> None:  # error: DMN205
        await asyncio.sleep(0)
        super().close()


class Workspace(tempfile.TemporaryDirectory[str]):
    """__exit__ calls cleanup()."""

    async def cleanup(self) -> None:  # error: DMN205
        await asyncio.to_thread(super().cleanup)
