"""Closes."""

from __future__ import annotations

import asyncio
from typing import Protocol


class HasTask(Protocol):
    task: asyncio.Task[bool]


async def end_task(owner: HasTask) -> None:
    owner.task.cancel()
    await asyncio.gather(owner.task, return_exceptions=True)
