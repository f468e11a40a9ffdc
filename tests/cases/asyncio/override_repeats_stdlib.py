"""An override that does itself all that its base of the standard library does misses nothing."""
# rule: DMN201
from __future__ import annotations

import socketserver


class Announced(socketserver.TCPServer):
    """`BaseServer.__exit__` calls `self.server_close()`, and no more."""

    def __exit__(self, *args: object) -> None:
        print("closing")
        self.server_close()


class Forgetful(socketserver.TCPServer):
    def __exit__(self, *args: object) -> None:  # error: DMN201
        print("closing")
