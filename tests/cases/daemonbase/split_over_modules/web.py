"""Uses the base through the package, under another name."""

from . import Service


class WebDaemon(Service):
    async def initialize(self) -> None:
        self.watch("request")  # error: DMN101
        self.keep(self.watch("response"))

    async def cleanup(self) -> None:  # error: DMN201
        print("closing sockets")
