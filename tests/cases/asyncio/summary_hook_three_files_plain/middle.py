"""Arms."""

from __future__ import annotations

import asyncio

from root import Root


class Timed(Root):
    def start(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(5, print)
