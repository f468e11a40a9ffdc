"""Required parameters that nobody passes, positional and keyword-only."""
# rule: DMN205
from __future__ import annotations

import abc


class Sink(abc.ABC):
    """Hooks, and who calls them."""

    @abc.abstractmethod
    def close(self) -> None:
        """Hook."""

    async def stop(self, timeout: float = 1.0) -> None:
        """Hook."""

    async def run(self) -> None:
        try:
            print("running")
        finally:
            await self.stop(2.0)
            self.close()


class FileSink(Sink):
    """Needs more."""

    def close(self, path: str) -> None:  # error: DMN205
        print(path)

    async def stop(self, timeout: float = 1.0, *, mode: str) -> None:  # error: DMN205
        print(timeout, mode)
