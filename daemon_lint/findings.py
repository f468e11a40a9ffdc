"""What the linter reports: findings and the steps that led to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["resolved", "annotation", "inferred", "name"]
"""How a contract matched: by its full name, by a return annotation, or by the bare name alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace: what happens at a line on the way to the finding."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation at one place.

    Lines and columns are 1-based and count characters; `end_column` is exclusive. `path` is the
    path as the core was given it; front ends make it relative where their format asks for that.
    """

    code: str
    symbol: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    confidence: Confidence = "resolved"
    trace: tuple[Step, ...] = ()
    fixable: bool = False

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Sort key: path, line, column, code."""
        return (self.path, self.line, self.column, self.code)
