"""A root in the middle ends the chain with getattr on super(), so any order works."""
# rule: DMN201
from __future__ import annotations


class Connection:
    """A root class that cooperates when something is behind it."""

    open = True

    def close(self) -> None:
        self.open = False
        behind = getattr(super(), "close", None)
        if behind is not None:
            behind()


class MetricsMixin:
    """Counts bytes."""

    sent = 0

    def close(self) -> None:
        self.sent = 0
        if hasattr(super(), "close"):
            super().close()


class TraceMixin:
    """Keeps a trace."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def close(self) -> None:
        try:
            super().close()
        except AttributeError:
            pass
        self.lines.clear()


class Metered(Connection, MetricsMixin):
    """Connection first."""


class Traced(TraceMixin, MetricsMixin, Connection):
    """Connection last."""


class Both(MetricsMixin, Connection, TraceMixin):
    """Connection in the middle."""
