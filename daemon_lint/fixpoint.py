"""Recursive questions about functions that call each other, answered by their least fixed point."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_DEEPEST = 60
_ROUNDS = 5


class FixedPoint(Generic[K, V]):
    """Remembers the answers to a question that may lead back to itself.

    A question met again while it is being answered has the answer `bottom` at first. If its
    answer turns out otherwise it is asked again with that, until nothing changes: so the answers
    do not depend on which question came first. They must only grow (Tarjan's order of strongly
    connected components, with iteration inside one).
    """

    def __init__(self, bottom: V) -> None:
        self._bottom = bottom
        self._known: dict[K, V] = {}
        self._assumed: dict[K, V] = {}
        """The questions being answered, with what is assumed of them."""
        self._depths: dict[K, int] = {}
        self._tentative: dict[K, V] = {}
        """Answers that rest on an assumption about a question further out."""
        self._lowest = 0
        """The outermost question that the answer being found rests on."""

    def clear(self) -> None:
        """Forget all answers."""
        self._known.clear()

    def ask(self, key: K, answer: Callable[[], V]) -> V:
        """The answer to a question; `answer()` finds it, asking others on the way."""
        if key in self._known:
            return self._known[key]
        if key in self._assumed:
            self._lowest = min(self._lowest, self._depths[key])
            return self._assumed[key]
        if key in self._tentative:
            self._lowest = 0
            return self._tentative[key]
        depth = len(self._assumed)
        if depth > _DEEPEST:
            return self._bottom  # nobody writes such chains; the stack must not end here
        self._assumed[key], self._depths[key] = self._bottom, depth
        outer, self._lowest = self._lowest, depth + 1
        before = len(self._tentative)
        try:
            value = answer()
            for _ in range(_ROUNDS):
                if value == self._assumed[key] or self._lowest > depth:
                    break
                self._assumed[key] = value
                for later in list(self._tentative)[before:]:
                    del self._tentative[later]
                value = answer()
        finally:
            del self._assumed[key], self._depths[key]
        self._tentative[key] = value
        if self._lowest >= depth:
            for name in list(self._tentative)[before:]:
                self._known[name] = self._tentative.pop(name)
            self._lowest = outer
        else:
            self._lowest = min(outer, self._lowest)
        return value
