"""Two subclasses."""

from __future__ import annotations

from service import Service


class Gateway(Service):
    """Talks."""

    name = "gateway"


class Mailer(Service):
    """Mails."""

    name = "mailer"

    async def initialize(self) -> None:
        await super().initialize()
        self.subscribe("mail", self.on_mail)

    async def on_mail(self, payload: object) -> None: ...
