"""Sets of values that an expression may have, and what operators make of them."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

_MOST = 64


@dataclass(frozen=True, slots=True)
class Glob:
    """A text of which parts are known: `worker-*`."""

    text: str

    def matches(self, name: str) -> bool:
        return fnmatchcase(name, self.text.replace("[", "[[]").replace("?", "[?]"))


Value = str | int | float | timedelta | Glob
Values = frozenset[Value]
ANYTHING = Glob("*")


ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}
TEXT_METHODS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "strip": str.strip,
    "casefold": str.casefold,
    "title": str.title,
}


def union(parts: Iterable[Values | None]) -> Values | None:
    found: Values = frozenset()
    for part in parts:
        if part is None:
            return None
        found |= part
    return found if 0 < len(found) <= _MOST else None


def each(values: Values | None, change: Callable[[Value], Value | None]) -> Values | None:
    changed = [change(item) for item in values or ()]
    known = [item for item in changed if item is not None]
    return frozenset(known) if known and len(known) == len(changed) else None


def combined(
    left: Iterable[Value], right: Iterable[Value], join: Callable[[Value, Value], Value | None]
) -> Values | None:
    ones, twos = list(left), list(right)
    if len(ones) * len(twos) > _MOST:
        return None
    found = [join(one, two) for one in ones for two in twos]
    known = [item for item in found if item is not None]
    return frozenset(known) if known and len(known) == len(found) else None


def are_texts(values: Values | None) -> bool:
    return values is not None and all(isinstance(item, (str, Glob)) for item in values)


def concatenated(one: Value, two: Value) -> Value | None:
    if isinstance(one, str) and isinstance(two, str):
        return one + two
    parts = [item.text if isinstance(item, Glob) else str(item) for item in (one, two)]
    return Glob("".join(parts).replace("**", "*"))


def computed(kind: type[ast.operator], one: Value, two: Value) -> Value | None:
    if isinstance(one, timedelta) and isinstance(two, timedelta):
        return one + two if kind is ast.Add else None
    if not isinstance(one, (int, float)) or not isinstance(two, (int, float)):
        return None
    try:
        return ARITHMETIC[kind](one, two)
    except (ZeroDivisionError, OverflowError):
        return None


def converted(item: Value, kind: type[float] | type[int] | None) -> Value | None:
    if kind is None:
        return str(item) if isinstance(item, (int, float)) else item
    try:
        return kind(item) if isinstance(item, (int, float, str)) else None
    except (ValueError, OverflowError):
        return None
