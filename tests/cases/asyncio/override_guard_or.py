"""Guards joined with or: two flags are a guard, a flag or an empty buffer is none."""
# rule: DMN202
from __future__ import annotations


class Client:
    """A client."""

    rows: tuple[str, ...] = ()

    def close(self) -> None:
        self.rows = ()

    def stop(self) -> None:
        self.rows = ()


class GoodClient(Client):
    """Two flags."""

    _closed = _closing = False

    def close(self) -> None:
        if self._closed or self._closing:
            return
        self._closing = True
        super().close()
        self._closed = True

    def stop(self, force: bool = False) -> None:
        if self._closed and not force:
            return
        self._closed = True
        super().stop()


class BadClient(Client):
    """A flag, or nothing to write."""

    _closed = False
    buffer = b""

    def close(self) -> None:  # error: DMN202
        if self._closed or not self.buffer:
            return
        self._closed = True
        super().close()
