"""More guards against running twice: swap, getattr, property, not-yet-open flag, walrus."""
# rule: DMN201, DMN202
from __future__ import annotations


class Client:
    """A client."""

    def __init__(self) -> None:
        self.sessions: list[str] = []

    def close(self) -> None:
        self.sessions.clear()

    def stop(self) -> None:
        self.sessions.clear()

    def shutdown(self) -> None:
        self.sessions.clear()

    def disconnect(self) -> bool:
        self.sessions.clear()
        return True


class GuardedClient(Client):
    """Each of its ends runs once."""

    _closed = False
    _open = True
    _shut = False

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self._closed

    def close(self) -> None:
        already, self._closed = self._closed, True
        if already:
            return
        super().close()

    def stop(self) -> None:
        if getattr(self, "_stopped", False):
            return
        self._stopped = True
        super().stop()

    def shutdown(self) -> None:
        if self.closed:
            print("closed already")
            return
        self._closed = True
        super().shutdown()

    def disconnect(self) -> bool:
        if not self._open:
            return False
        self._open = False
        return super().disconnect()
