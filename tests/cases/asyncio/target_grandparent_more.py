"""Grandparent.method(self) skips a parent that works, or one that does nothing."""
# rule: DMN204, DMN201
from __future__ import annotations


class Socket:
    """A socket."""

    open = True

    async def close(self) -> None:
        self.open = False


class Connection(Socket):
    """Does work."""

    timer = 5

    async def close(self) -> None:
        self.timer = 0
        await super().close()


class Pipe(Socket):
    """Only passes on."""

    async def close(self) -> None:
        """Close it."""
        await super().close()


class CachedConnection(Connection):
    """Skips Connection."""

    async def close(self) -> None:
        print("closing")
        await Socket.close(self)  # error: DMN204


class CachedPipe(Pipe):
    """Skips nothing that counts."""

    async def close(self) -> None:
        print("closing")
        await Socket.close(self)
