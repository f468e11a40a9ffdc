"""Arms the timer."""

from __future__ import annotations

import asyncio

from root import Root


class Timed(Root):
    _timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(5, self._late)

    def _late(self) -> None:
        self._timer = None
