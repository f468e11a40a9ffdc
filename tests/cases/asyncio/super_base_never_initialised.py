"""A class that never runs a base's __init__ has none of the fields that the base's close() ends."""
# rule: DMN201
from __future__ import annotations

import asyncio


class Process:
    """One process, which somebody may wait for."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    async def close(self) -> None:
        self.finished.set()


class Group(Process):
    """Stands for several: has no event of its own, so that super().close() would fail."""

    def __init__(self, count: int) -> None:
        self.members = [Process() for _ in range(count)]

    async def close(self) -> None:
        await asyncio.gather(*(member.close() for member in self.members))


class Quiet(Process):
    """Makes the field that the base ends, so the base's work is lost."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    async def close(self) -> None:  # error: DMN201
        print("closing")


class Named(Process):
    """Runs the base's __init__, so the base's work is lost."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    async def close(self) -> None:  # error: DMN201
        print("closing", self.name)


class Lazy(Process):
    """Makes the field later."""

    def __init__(self, name: str) -> None:
        self.name = name

    def start(self) -> None:
        self.finished = asyncio.Event()

    async def close(self) -> None:  # error: DMN201
        print("closing", self.name)


class Connection:
    """Needs nothing of its __init__ to close."""

    def __init__(self) -> None:
        self.name = "connection"

    async def close(self) -> None:
        print("closing the connection")


class Pooled(Connection):
    def __init__(self) -> None:
        self.size = 1

    async def close(self) -> None:  # error: DMN201
        print("closing", self.size)
