"""super(Base, self) after Base's work was done in another way."""
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
        super().close()


class Both(Connection):
    """Calls its parent, then (needlessly) the grandparent once more."""

    def close(self) -> None:
        Connection.close(self)
        Socket.close(self)
