"""Shuts down."""
from __future__ import annotations

import asyncio
from typing import Any


class Shutdown:
    """A sequence of steps."""

    def __init__(self, page: Any) -> None:
        self.page = page

    async def run(self) -> None:
        self.page.task.cancel()
        await asyncio.gather(self.page.task, return_exceptions=True)
