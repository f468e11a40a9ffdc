"""The delay is a timedelta, a local variable, or the default of an optional value."""
# rule: DMN302

from __future__ import annotations

import asyncio
from datetime import timedelta

from daemonbase import DaemonBase

GRACE = timedelta(seconds=3)


class Reader(DaemonBase):
    """Waits."""

    name = "reader"

    async def initialize(self) -> None:
        delay = 2
        await asyncio.sleep(delay)  # error: DMN302
        await asyncio.sleep(timedelta(seconds=2).total_seconds())  # error: DMN302
        await asyncio.sleep(GRACE.total_seconds())  # error: DMN302
