"""Objects named like a base, which are none."""
# rule: DMN201, DMN202
from __future__ import annotations

from typing import Any


class Client:
    """A client."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    async def stop(self) -> None:
        self.options.clear()

    async def shutdown(self) -> None:
        self.options.clear()

    async def disconnect(self) -> None:
        self.options.clear()


class Wrapped(Client):
    """A parent object that is no base class."""

    def __init__(self, parent: Any, loop: Any, **options: Any) -> None:
        super().__init__(**options)
        self.parent = parent
        self.loop = loop

    async def stop(self) -> None:  # error: DMN201
        await self.parent.stop()

    async def shutdown(self) -> None:  # error: DMN201
        await self.loop.shutdown()
        self.loop = None

    async def disconnect(self) -> None:  # error: DMN201
        parent = self.parent
        await parent.disconnect()
