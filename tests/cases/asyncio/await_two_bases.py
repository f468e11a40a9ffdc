"""Both bases' coroutines, one awaited, one dropped."""
# rule: DMN203
from __future__ import annotations


class Reader:
    """Reads."""

    queue: list[bytes] = []

    async def close(self) -> None:
        self.queue = []


class Writer:
    """Writes."""

    pending: list[bytes] = []

    async def close(self) -> None:
        self.pending = []


class Stream(Reader, Writer):
    """Both ways."""

    async def close(self) -> None:
        await Writer.close(self)
        Reader.close(self)  # error: DMN203
