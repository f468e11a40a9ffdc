"""Returns after super(), raises before it, and loops round it are no misses."""
# rule: DMN201, DMN202
from __future__ import annotations

import asyncio


class Link:
    """A link."""

    up = True

    async def stop(self) -> None:
        self.up = False

    async def close(self) -> None:
        self.up = False

    async def shutdown(self, timeout: float = 1.0) -> None:
        self.up = False


class LoggedLink(Link):
    """Says what happens."""

    lines: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()

    async def stop(self) -> None:
        await super().stop()
        if not self.lines:
            return
        for line in self.lines:
            if not line:
                return
            print(line)

    async def close(self) -> None:
        for peer in self.peers:
            if peer == "busy":
                raise RuntimeError(peer)
        assert self.lines, "nothing was sent"
        await super().close()

    async def shutdown(self, timeout: float = 1.0) -> None:
        if timeout < 0:
            raise ValueError(timeout)
        for peer in self.peers:
            if peer == "skip":
                continue
            await asyncio.sleep(timeout)
            if peer == "last":
                break
        else:
            print("no last")
        await super().shutdown(timeout)
