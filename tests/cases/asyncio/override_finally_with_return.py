"""The base in a finally, whatever the try returns."""
# rule: DMN201, DMN202
from __future__ import annotations

import asyncio


class Service:
    """A service."""

    def __init__(self) -> None:
        self.jobs: list[str] = []
        self._task: asyncio.Task[None] | None = None

    async def stop(self) -> bool:
        self.jobs.clear()
        return True

    async def close(self) -> None:
        self.jobs.clear()


class Worker(Service):
    """Returns early, and still reaches it."""

    async def stop(self) -> bool:
        try:
            if self._task is None:
                return False
            self._task.cancel()
            try:
                await self._task
            except asyncio.CancelledError:
                return True
            return False
        finally:
            self._task = None
            await super().stop()

    async def close(self) -> None:
        try:
            for job in self.jobs:
                if job == "poison":
                    break
            else:
                return
            print("poisoned")
        finally:
            await super().close()


class Half(Service):
    """A condition inside the finally."""

    keep = False

    async def stop(self) -> bool:  # error: DMN202
        try:
            return bool(self.jobs)
        finally:
            if not self.keep:
                await super().stop()
