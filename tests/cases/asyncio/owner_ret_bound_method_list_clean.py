"""The end of life runs bound methods from a tuple, a list in a field, and by name."""

# rule: DMN103
from __future__ import annotations

import asyncio


class House:
    """Three tasks, three helpers."""

    def __init__(self) -> None:
        self._steps = [self._stop_b]

    def start(self) -> None:
        self._a = asyncio.create_task(self._run())
        self._b = asyncio.create_task(self._run())
        self._c = asyncio.create_task(self._run())

    async def _run(self) -> None:
        await asyncio.Event().wait()

    def _stop_a(self) -> None:
        self._a.cancel()

    def _stop_b(self) -> None:
        self._b.cancel()

    def _stop_c(self) -> None:
        self._c.cancel()

    def close(self) -> None:
        for step in (self._stop_a, *self._steps):
            step()
        for name in ("_stop_c",):
            getattr(self, name)()
