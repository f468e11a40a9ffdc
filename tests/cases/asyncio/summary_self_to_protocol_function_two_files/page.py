"""stop() hands self to a function of another module, typed by a Protocol with the field."""

# case: multi-file
# rule: DMN103
from __future__ import annotations

import asyncio

from closing import end_task


class Page:
    """Ended by the function."""

    async def start(self) -> None:
        self.task = asyncio.create_task(asyncio.Event().wait())

    async def stop(self) -> None:
        await end_task(self)
