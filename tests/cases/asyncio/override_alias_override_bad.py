"""An override by assignment whose function never reaches the base."""
# rule: DMN201
from __future__ import annotations


class Store:
    """A store."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def close(self) -> None:
        self.rows.clear()


class AliasStore(Store):
    """close is another name of flush, which only prints."""

    def flush(self) -> None:
        print(self.rows)

    close = flush  # error: DMN201
