"""Variants of a connection pool. A bug in two of them: close() became async in the base, and they still call it
as if it were not, so nothing is closed; DrainingPool keeps the coroutine and awaits it later."""
# rule: DMN203

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from contextlib import contextmanager

log = logging.getLogger(__name__)


class Pool:
    def __init__(self, size: int) -> None:
        self._idle: deque[asyncio.StreamWriter] = deque(maxlen=size)
        self._busy = 0

    def give_back(self, writer: asyncio.StreamWriter) -> None:
        self._busy -= 1
        self._idle.append(writer)

    async def close(self) -> bool:
        had_some = bool(self._idle)
        while self._idle:
            writer = self._idle.popleft()
            writer.close()
            await writer.wait_closed()
        return had_some


class TracedPool(Pool):
    @contextmanager
    def _span(self, what: str):
        began = time.perf_counter()
        try:
            yield
        finally:
            log.info("%s took %.3f s", what, time.perf_counter() - began)

    async def close(self) -> bool:
        with self._span("pool.close"):
            super().close()  # error: DMN203
        return True


class CountedPool(Pool):
    closed = 0

    async def close(self) -> bool:
        had_some = super().close()  # error: DMN203
        if not had_some:
            log.warning("an unused pool was closed")
        type(self).closed += 1
        return True


class DrainingPool(Pool):
    async def close(self) -> bool:
        closing = super().close()
        while self._busy:
            await asyncio.sleep(0.05)
        return await closing
