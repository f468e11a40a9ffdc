"""stop() makes a Shutdown object of another module with self, which does the rest."""
# case: multi-file
# rule: DMN103
from __future__ import annotations

import asyncio

from shutting import Shutdown


class Page:
    """Ended by Shutdown."""

    async def start(self) -> None:
        self.task = asyncio.create_task(asyncio.Event().wait())

    async def stop(self) -> None:
        await Shutdown(self).run()
