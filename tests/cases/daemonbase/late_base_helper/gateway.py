"""Calls it."""

from __future__ import annotations

from service import Service


class Gateway(Service):
    """Has a socket."""

    name = "gateway"

    async def cleanup(self) -> None:
        self._say_later()
        await super().cleanup()
