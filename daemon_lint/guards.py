"""What a test must ask to find out that a method has run, or is running, already."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.refs import FunctionNode, ref


def closed_by(node: FunctionNode, me: str) -> frozenset[str]:
    """Fields that a method sets to a constant, so that a second call finds them so."""
    return frozenset(
        target.attr
        for target, value in assigned(node)
        if isinstance(value, ast.Constant)
        and isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == me
    )


def kept_by(node: FunctionNode, me: str) -> frozenset[str]:
    """Fields that a method assigns, counts down, awaits, or sets as an event or a result."""
    found = {
        target.attr
        for target, _ in assigned(node)
        if isinstance(target, ast.Attribute) and ref(target.value) == me
    }
    for item in ast.walk(node):
        part: ast.expr | None = None
        if isinstance(item, (ast.AugAssign, ast.Delete)):
            part = item.target if isinstance(item, ast.AugAssign) else item.targets[0]
        elif isinstance(item, ast.Await):
            part = item.value
        elif isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute):
            part = item.func.value if item.func.attr in _SETTERS else None
        if isinstance(part, ast.Attribute) and ref(part.value) == me:
            found.add(part.attr)
    return frozenset(found)


_SETTERS = ("set", "set_result", "set_exception", "detach", "acquire", "append", "add")
_QUESTIONS = frozenset(
    "is_set done locked cancelled is_alive is_closing is_closed is_running acquire detach".split()
)


def asks_state(call: ast.Call, me: str) -> bool:
    """`self._halt.is_set()`, `hasattr(self, "_loop")`: whether something has ended already."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in _QUESTIONS and ref(call.func.value).startswith(f"{me}.")
    return ref(call.func) == "hasattr" and bool(call.args) and ref(call.args[0]) == me


def assigned(node: FunctionNode) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets with their values, those of tuples one by one: `was, self._closed = …, True`."""
    for item in ast.walk(node):
        if isinstance(item, ast.NamedExpr):
            yield item.target, item.value
        elif isinstance(item, ast.Assign):
            for target in item.targets:
                if isinstance(target, ast.Tuple) and isinstance(item.value, ast.Tuple):
                    yield from zip(target.elts, item.value.elts, strict=False)
                else:
                    yield target, item.value
