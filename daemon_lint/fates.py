"""What a function does with a handle that it is given, by its summary and those of its callees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from daemon_lint.summary import FunctionSummary, Use
from daemon_lint.symbols import Function

NEUTRAL_METHODS = frozenset(
    "add_done_callback remove_done_callback done cancelled cancelling uncancel get_name set_name "
    "is_alive getName setName setDaemon isDaemon when start get_loop get_coro get_stack "
    "print_stack exception is_set wait_ready append add appendleft insert extend update push "
    "keys values items get index count copy setdefault pop popitem popleft discard remove".split()
)
"""Methods of a handle (or of a container of handles) that leave it alive."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What a function may do with a handle that it is given; nothing, if all is left empty."""

    discharged: bool = False
    """Released, registered, or handed to what nobody can see."""
    returned: bool = False
    fields: frozenset[str] = frozenset()
    """The fields of its own object that it is stored in."""
    params: frozenset[str] = frozenset()
    """The parameters whose objects it is stored in."""

    def __or__(self, other: Fate) -> Fate:
        return Fate(
            self.discharged or other.discharged,
            self.returned or other.returned,
            self.fields | other.fields,
            self.params | other.params,
        )


KEPT = Fate()
DISCHARGED = Fate(discharged=True)


def is_neutral(use: Use, part: FunctionSummary) -> bool:
    """Whether a use leaves a handle alive: a method that only looks, or fills a container."""
    if use.verb != "method":
        return False
    if use.target == "result":
        # Of a future it waits; of a task that is asked whether it is done it takes what is there.
        return Use(use.subject, "method", "done") in part.uses
    return only_looks(use.target)


def only_looks(method: str) -> bool:
    """Whether a method of a handle, by its name, leaves it alive."""
    return method in NEUTRAL_METHODS or method.startswith("is_")


def parameter(function: Function, slot: str) -> str:
    """The name of the parameter that an argument binds, or an empty string."""
    params = list(function.summary.params)
    if function.cls is not None and not function.summary.is_static and params:
        params.pop(0)
    if slot.isdigit():
        return params[int(slot)] if int(slot) < len(params) else ""
    return slot if slot in params else ""


def argument_for(function: Function, name: str, node: ast.Call) -> ast.expr | None:
    """The argument of a call that a parameter gets, or None where that cannot be told."""
    for index, item in enumerate(node.args):
        if isinstance(item, ast.Starred):
            break
        if parameter(function, str(index)) == name:
            return item
    return next((item.value for item in node.keywords if item.arg == name), None)


def everything(summary: FunctionSummary) -> Iterator[FunctionSummary]:
    """A function's summary and those of all functions nested in it."""
    yield summary
    for inner in summary.nested.values():
        yield from everything(inner)
