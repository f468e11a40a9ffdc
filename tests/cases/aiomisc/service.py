"""aiomisc: the service's own create_task is owned, a PeriodicCallback is not."""
# rule: DMN102

from aiomisc import PeriodicCallback
from aiomisc.service import TCPServer


class Server(TCPServer):
    async def start(self) -> None:
        self.kept = PeriodicCallback(self.tick)
        self.kept.start(5)
        lost = PeriodicCallback(self.tick)  # error: DMN102
        lost.start(5)
        self.create_task(self.tick())

    async def tick(self) -> None: ...

    async def stop(self, error: Exception | None = None) -> None:
        await self.kept.stop()
        await super().stop(error)
