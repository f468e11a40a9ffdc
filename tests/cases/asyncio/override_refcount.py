"""A shared connection that is closed by its last user."""
# rule: DMN201, DMN202
from __future__ import annotations

import threading


class Connection:
    """A connection."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def close(self) -> None:
        self.rows.clear()

    def disconnect(self) -> None:
        self.rows.clear()


class SharedConnection(Connection):
    """Counts its users."""

    def __init__(self) -> None:
        super().__init__()
        self._users = 0
        self._lock = threading.Lock()

    def acquire(self) -> None:
        with self._lock:
            self._users += 1

    def close(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users > 0:
                return
        super().close()

    def disconnect(self) -> None:
        self._users -= 1
        if self._users == 0:
            super().disconnect()
