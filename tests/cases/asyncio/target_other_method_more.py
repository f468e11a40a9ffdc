"""super().stop() in cleanup(): the wrong method of the base."""
# rule: DMN201, DMN204
from __future__ import annotations


class Engine:
    """An engine."""

    def __init__(self) -> None:
        self.running = True
        self.files: list[str] = []

    async def stop(self) -> None:
        self.running = False

    async def cleanup(self) -> None:
        self.files.clear()


class TurboEngine(Engine):
    """Calls the wrong one."""

    async def cleanup(self) -> None:  # error: DMN201
        print("cleaning")
        await super().stop()  # error: DMN204


class QuietEngine(Engine):
    """Calls both: fine."""

    async def cleanup(self) -> None:
        await super().stop()
        await super().cleanup()
