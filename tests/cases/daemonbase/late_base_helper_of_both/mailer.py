"""Calls it at its start."""

from __future__ import annotations

from service import Service


class Mailer(Service):
    """Sends mail."""

    name = "mailer"

    async def initialize(self) -> None:
        await super().initialize()
        self._say_later()
