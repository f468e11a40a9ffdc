"""time.sleep in the constructor, anyio.sleep, aliases and imported names."""
# rule: DMN302

from __future__ import annotations

import asyncio as aio
import time
from asyncio import sleep
from time import sleep as pause

import anyio
from daemonbase import DaemonBase


class Reader(DaemonBase):
    """Waits in all ways."""

    def __init__(self) -> None:
        super().__init__("reader")
        time.sleep(1)  # error: DMN302
        pause(1.5)  # error: DMN302

    async def initialize(self) -> None:
        await sleep(3.0)  # error: DMN302
        await aio.sleep(0.5)  # error: DMN302
        await anyio.sleep(1)  # error: DMN302
        await asyncio_sleep(1)


async def asyncio_sleep(number: int) -> None:
    """Not what it seems."""
    print("sheep", number)
