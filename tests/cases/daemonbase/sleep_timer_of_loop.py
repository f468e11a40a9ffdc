"""The loop is a field or a parameter."""
# rule: DMN302

from __future__ import annotations

import asyncio

from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Loads later."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__("reader")
        self.loop = loop
        self.register_subscription(loop.call_later(2, self.load))  # error: DMN302

    async def initialize(self) -> None:
        self.register_subscription(self.loop.call_later(2, lambda: self.load()))  # error: DMN302

    def load(self) -> None: ...
