"""An early return for an empty buffer leaves the socket open."""
# rule: DMN202
from __future__ import annotations


class Connection:
    """A connection."""

    open = True

    def close(self) -> None:
        self.open = False


class BufferedConnection(Connection):
    """Collects small writes."""

    def __init__(self) -> None:
        self.buffer = bytearray()

    def close(self) -> None:  # error: DMN202
        if len(self.buffer) == 0:
            return
        print(bytes(self.buffer))
        super().close()
