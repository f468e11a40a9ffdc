"""The tuple of bases that the loop goes over lacks one that does work."""
# rule: DMN201
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


class Counter:
    """Counts."""

    count = 1

    def close(self) -> None:
        self.count = 0


class Stream(Reader, Writer, Counter):
    """Counter was added later; the loop was forgotten."""

    def close(self) -> None:  # error: DMN201
        for base in (Reader, Writer):
            base.close(self)
