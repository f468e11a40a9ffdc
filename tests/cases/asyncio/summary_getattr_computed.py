"""Tasks are set and cancelled by computed names; the helper takes the name."""

# rule: DMN102, DMN103
from __future__ import annotations

import asyncio


class Worker:
    """A task a side."""

    async def start(self) -> None:
        self.left_task = asyncio.create_task(asyncio.Event().wait())
        self.right_task = asyncio.create_task(asyncio.Event().wait())

    def _end(self, side: str) -> None:
        getattr(self, f"{side}_task").cancel()

    async def stop(self) -> None:
        for side in ("left", "right"):
            self._end(side)
