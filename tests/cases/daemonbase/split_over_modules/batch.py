"""Uses the base by a star import."""

from .base import *


class BatchDaemon(ServiceDaemon):
    async def initialize(self) -> None:
        self.keep(self.watch("batch"))

    async def cleanup(self) -> None:
        await super().cleanup()
