"""super().other() where the own name has no base that works, or from ordinary methods."""
# rule: DMN201, DMN204
from __future__ import annotations


class Engine:
    """An engine with a stop(), but no cleanup()."""

    def __init__(self) -> None:
        self.running = True

    async def stop(self) -> None:
        self.running = False

    async def close(self) -> None:
        """Nothing."""


class TurboEngine(Engine):
    """cleanup() is new here; it ends the engine as the base does."""

    async def cleanup(self) -> None:
        await super().stop()

    async def close(self) -> None:
        await super().stop()

    async def restart(self) -> None:
        await super().stop()
        self.running = True

    async def stop(self) -> None:
        await self.cleanup()
