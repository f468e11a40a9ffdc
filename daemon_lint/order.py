"""The little that summaries tell of order: what a function gives up last, and what it resets first.

And what it is sure to do first, or more than once.

All else about the order of statements is for `flow`, which follows one function at a time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from daemon_lint.refs import (
    FILLERS,
    RELEASE_METHODS,
    FunctionNode,
    is_container,
    own_nodes,
    ref,
    subjects,
)


def ended_with(statements: Iterable[ast.stmt], me: str) -> set[str]:
    """What some statements release, and the methods of their own object that they call."""
    found: set[str] = set()
    for statement in statements:
        for item in [statement, *own_nodes(statement)]:
            if isinstance(item, ast.Call):
                found |= subjects(item.func, me)
                if isinstance(item.func, ast.Attribute) and item.func.attr in RELEASE_METHODS:
                    found |= subjects(item.func.value, me)
    return found


def behind_waits(node: FunctionNode, me: str) -> Iterator[tuple[set[str], set[str]]]:
    """For each loop or wait of a body: the fields it waits for, and what is released behind it."""
    for index, statement in enumerate(node.body[:-1]):
        if isinstance(statement, ast.While):
            fields = _fields(statement.test, me)
        elif isinstance(statement, ast.Expr) and _is_wait(statement.value):
            fields = _fields(statement.value, me)
        else:
            continue
        if fields:
            yield fields, ended_with(node.body[index + 1 :], me)


def _is_wait(node: ast.expr) -> bool:
    call = node.value if isinstance(node, ast.Await) else node
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "wait"
    )


def _fields(node: ast.AST, me: str) -> set[str]:
    return {
        f"self.{item.attr}"
        for item in [node, *own_nodes(node)]
        if isinstance(item, ast.Attribute) and _is_me(item.value, me)
    }


def _is_me(node: ast.expr, me: str) -> bool:
    return isinstance(node, ast.Name) and node.id == me


def reset_first(node: FunctionNode, me: str) -> set[str]:
    """Fields that a body empties before it looks at them: what it does to them then is nothing.

    Until something is awaited, or a method of the object called: either may fill them again.
    """
    if not any(_emptied(statement, me) for statement in node.body):
        return set()
    empty: set[str] = set()
    used: set[str] = set()
    """Fields looked at when they may hold something."""
    may_be_filled = False
    for statement in node.body:
        if (place := _emptied(statement, me)) and place not in used:
            empty.add(place)
            continue
        nodes = [statement, *own_nodes(statement)]
        may_be_filled = may_be_filled or any(_lets_others_run(item, me, empty) for item in nodes)
        looked_at = _fields(statement, me)
        used |= looked_at if may_be_filled else looked_at - empty
        for item in nodes:
            if isinstance(item, ast.Attribute) and not isinstance(item.ctx, ast.Load):
                used |= _fields(item, me)
            elif (
                isinstance(item, ast.Call)
                and isinstance(item.func, ast.Attribute)
                and item.func.attr in FILLERS
            ):
                used |= _fields(item.func.value, me)
    return empty - used


def _lets_others_run(node: ast.AST, me: str, empty: set[str]) -> bool:
    if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.FunctionDef)):
        return True
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return _is_me(node.func.value, me) and f"self.{node.func.attr}" not in empty


def _emptied(statement: ast.stmt, me: str) -> str:
    """The field that `self.x = None`, `self.x = []` or `self.x.clear()` leaves empty."""
    place: ast.expr | None = None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        if _is_empty(statement.value):
            place = statement.targets[0]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        if isinstance(function, ast.Attribute) and function.attr == "clear":
            place = function.value
    if isinstance(place, ast.Attribute) and _is_me(place.value, me):
        return f"self.{place.attr}"
    return ""


def _is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return value.value is None
    parts = (getattr(value, name, None) for name in ("args", "elts", "keys", "generators"))
    return is_container(value) and not any(parts)


FIRST = ("__init__", "__post_init__", "connection_made")
"""Methods that run before all others of their object."""


def armed_first(node: FunctionNode, me: str) -> Iterator[tuple[str, str]]:
    """Fields that a body surely gives the result of a call, with the ref of what is called."""
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        else:
            continue
        if isinstance(value, ast.Await):
            value = value.value
        called = ref(value.func) if isinstance(value, ast.Call) else ""
        for target in targets if called else ():
            if isinstance(target, ast.Attribute) and _is_me(target.value, me):
                yield f"self.{target.attr}", called


def called_again(node: FunctionNode, me: str) -> Iterator[str]:
    """Methods of its own object that a body calls twice running, or in each round of a loop."""
    once = [found for statement in node.body if (found := _called(statement, me))]
    yield from (name for name in once if once.count(name) > 1)
    for statement in node.body:
        if isinstance(statement, (ast.For, ast.AsyncFor, ast.While)) and not any(
            isinstance(item, (ast.Break, ast.Return, ast.Raise)) for item in own_nodes(statement)
        ):
            yield from (found for item in statement.body if (found := _called(item, me)))


def _called(statement: ast.stmt, me: str) -> str:
    """The method of the object of which a statement is but a call."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    call = value.value if isinstance(value, ast.Await) else value
    function = call.func if isinstance(call, ast.Call) else None
    is_own = isinstance(function, ast.Attribute) and _is_me(function.value, me)
    return function.attr if is_own and isinstance(function, ast.Attribute) else ""
