"""Guards whose flag lives in another object or container, and local copies of it."""
# rule: DMN201, DMN202
from __future__ import annotations

import dataclasses


@dataclasses.dataclass
class Status:
    """Of a node."""

    closed: bool = False


class Node:
    """A node."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def close(self) -> None:
        self.rows.clear()

    def stop(self) -> None:
        self.rows.clear()

    def shutdown(self) -> None:
        self.rows.clear()


class StatusNode(Node):
    """Ends once."""

    def __init__(self) -> None:
        super().__init__()
        self.status = Status()
        self.flags = {"closed": False}
        self._closed = False

    def close(self) -> None:
        if self.status.closed:
            return
        self.status.closed = True
        super().close()

    def stop(self) -> None:
        if self.flags["closed"]:
            return
        self.flags["closed"] = True
        super().stop()

    def shutdown(self) -> None:
        closed = self._closed
        self._closed = True
        if not closed:
            super().shutdown()
