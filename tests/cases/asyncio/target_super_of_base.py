"""super(Base, self) begins behind Base: copied from Base, and Base's work is skipped."""
# rule: DMN204
from __future__ import annotations


class Socket:
    """A socket."""

    open = True

    def close(self) -> None:
        self.open = False


class Connection(Socket):
    """A connection."""

    timer = 5

    def close(self) -> None:
        self.timer = 0
        super(Connection, self).close()


class CachedConnection(Connection):
    """Copied from its base."""

    cache: dict[str, str] = {}

    def close(self) -> None:
        self.cache = {}
        super(Connection, self).close()  # error: DMN204
