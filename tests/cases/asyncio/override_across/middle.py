"""Adds nothing to the end of life."""

import core


class Middle(core.Core):
    async def idle(self) -> None:
        print("still idle")
