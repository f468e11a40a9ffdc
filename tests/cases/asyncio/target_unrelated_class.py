"""super(Sibling, self): the wrong class in a two-argument super, left by copy and paste."""
# rule: DMN204
from __future__ import annotations


class Socket:
    """A socket."""

    open = True

    def close(self) -> None:
        self.open = False


class TcpSocket(Socket):
    """Over TCP."""

    port = 1

    def close(self) -> None:
        self.port = 0
        super(TcpSocket, self).close()


class UdpSocket(Socket):
    """Copied from TcpSocket: TypeError when it is closed."""

    port = 2

    def close(self) -> None:
        self.port = 0
        super(TcpSocket, self).close()  # error: DMN204
