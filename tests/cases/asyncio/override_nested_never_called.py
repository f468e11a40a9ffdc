"""super().close() sits in a nested function that nobody calls."""
# rule: DMN201
from __future__ import annotations


class Store:
    """A store."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def close(self) -> None:
        self.rows.clear()


class SafeStore(Store):
    """Left over from a refactoring."""

    def close(self) -> None:  # error: DMN201

        def finish() -> None:
            super(SafeStore, self).close()

        print("closing", len(self.rows))
