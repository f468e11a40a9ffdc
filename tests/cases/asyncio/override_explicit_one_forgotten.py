"""Stream calls one of its two roots by name and forgets the other."""
# rule: DMN201
from __future__ import annotations


class Reader:
    """Reads; a root."""

    def __init__(self) -> None:
        self.queue: list[bytes] = []

    def close(self) -> None:
        self.queue.clear()


class Writer:
    """Writes; a root."""

    def __init__(self) -> None:
        self.pending: list[bytes] = []

    def close(self) -> None:
        self.pending.clear()


class Stream(Reader, Writer):
    """Both ways."""

    def __init__(self) -> None:
        Reader.__init__(self)
        Writer.__init__(self)

    def close(self) -> None:  # error: DMN201
        Reader.close(self)
        print("stream closed")
