"""One handle by the base's helper, one by hand."""

from base import ServiceDaemon


class MailDaemon(ServiceDaemon):
    async def initialize(self) -> None:
        self.listen("mail:in", print)
        self._out = self.bus.subscribe("mail:out", print)  # error: DMN106

    async def cleanup(self) -> None:
        self._out()
