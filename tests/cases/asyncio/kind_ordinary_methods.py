"""Methods that are no ends of life are a type checker's business."""
# rule: DMN205
from __future__ import annotations


class Source:
    """Reads."""

    rows: tuple[str, ...] = ()

    def read(self) -> str:
        return "x"

    async def fetch(self) -> str:
        return "y"

    def close(self) -> None:
        self.rows = ()


class RemoteSource(Source):
    """Changes what is no end of life."""

    def read(self, size: int) -> str:
        return "x" * size

    def close(self) -> None:
        super().close()
