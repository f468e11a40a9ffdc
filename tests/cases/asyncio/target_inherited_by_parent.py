"""Naming a class behind the parent is right where the parent has no such method."""
# rule: DMN201, DMN204
from __future__ import annotations


class Socket:
    """A socket."""

    open = True

    def close(self) -> None:
        self.open = False


class Connection(Socket):
    """Has no close of its own."""

    timer = 5


class Cached(Connection):
    """Names the one that has it."""

    def close(self) -> None:
        print("closing")
        Socket.close(self)


class CachedToo(Connection):
    """Names the parent, which inherits it; and a two-argument super behind it."""

    def close(self) -> None:
        Connection.close(self)


class CachedAsWell(Connection):
    """super(Connection, self) finds Socket.close too."""

    def close(self) -> None:
        super(Connection, self).close()
