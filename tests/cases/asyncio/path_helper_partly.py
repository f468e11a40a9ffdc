"""The helper that calls the base does so only sometimes."""
# rule: DMN202
from __future__ import annotations


class Link:
    """A link."""

    up = True

    def close(self) -> None:
        self.up = False


class BufferedLink(Link):
    """Closes in a helper."""

    buffer: bytes = b""

    def close(self) -> None:  # error: DMN202
        print("closing")
        self._drain()

    def _drain(self) -> None:
        if self.buffer:
            print(self.buffer)
            super().close()
