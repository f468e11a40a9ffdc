"""Guards with two parts, and guards by calls."""
# rule: DMN201, DMN202
from __future__ import annotations

import socket


class Link:
    """A link."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def close(self) -> None:
        self.rows.clear()

    def stop(self) -> None:
        self.rows.clear()

    def shutdown(self) -> None:
        self.rows.clear()

    def disconnect(self) -> None:
        self.rows.clear()

    def terminate(self) -> None:
        self.rows.clear()

    def dispose(self) -> None:
        self.rows.clear()


class SafeLink(Link):
    """Ends once."""

    def __init__(self) -> None:
        super().__init__()
        self._closed = False
        self._closing = False
        self._sock: socket.socket | None = None

    def is_closed(self) -> bool:
        """Whether it is over."""
        return self._closed

    @property
    def connected(self) -> bool:
        """Whether it is there."""
        return self._sock is not None

    def close(self) -> None:
        if self._closed or self._closing:
            return
        self._closing = True
        super().close()

    def stop(self) -> None:
        if self._closed or self._sock is None:
            return
        self._sock = None
        super().stop()

    def shutdown(self) -> None:
        if self.is_closed():
            return
        self._closed = True
        super().shutdown()

    def disconnect(self) -> None:
        if not self.connected:
            return
        self._sock = None
        super().disconnect()

    def terminate(self) -> None:
        if not self._closed and not self._closing:
            self._closing = True
            super().terminate()
            self._closed = True

    def dispose(self) -> None:
        if self._closed is True:
            print("closed already")
        else:
            self._closed = True
            super().dispose()
