"""Two bases by name; one of them only sometimes."""
# rule: DMN202
from __future__ import annotations


class Reader:
    """Reads."""

    queue: list[bytes] = []

    def close(self) -> None:
        self.queue = []


class Writer:
    """Writes."""

    pending: list[bytes] = []

    def close(self) -> None:
        self.pending = []


class Stream(Reader, Writer):
    """Both ways."""

    readable = True

    def close(self) -> None:  # error: DMN202
        Writer.close(self)
        if self.readable:
            Reader.close(self)
