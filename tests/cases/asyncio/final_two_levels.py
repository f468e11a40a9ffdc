"""The final method stands two classes above, behind a generic base in between."""
# rule: DMN206
from __future__ import annotations

from typing import Generic, TypeVar, final

T = TypeVar("T")


class Runner:
    """Its run loop is final."""

    def __init__(self) -> None:
        self.steps = 0

    @final
    def run_forever(self) -> None:
        while self.steps < 10:
            self.step()

    def step(self) -> None:
        self.steps += 1


class TypedRunner(Runner, Generic[T]):
    """Says what it runs."""

    item: T | None = None


class IntRunner(TypedRunner[int]):
    """Has its own loop."""

    def run_forever(self) -> None:  # error: DMN206
        for _ in range(5):
            self.step()

    def step(self) -> None:
        super().step()
