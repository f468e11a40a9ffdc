"""super().close() at the bottom over two roots: the first root ends the chain."""
# rule: DMN201
from __future__ import annotations


class Reader:
    """Reads; a root."""

    queue: tuple[bytes, ...] = ()

    def close(self) -> None:  # error: DMN201
        self.queue = ()


class Writer:
    """Writes; a root."""

    pending: tuple[bytes, ...] = ()

    def close(self) -> None:
        self.pending = ()


class Stream(Reader, Writer):
    """Thinks that super() reaches both."""

    def close(self) -> None:
        print("closing")
        super().close()
