"""super(type(self), self): endless recursion as soon as there is a subclass."""
# rule: DMN204
from __future__ import annotations


class Socket:
    """A socket."""

    open = True

    def close(self) -> None:
        self.open = False


class TcpSocket(Socket):
    """Its own name again."""

    def close(self) -> None:
        print("closing")
        super(__class__, self).close()


class LazySocket(TcpSocket):
    """Where super begins is right, and the argument is named otherwise."""

    def close(this) -> None:
        super(LazySocket, this).close()
