"""Methods that give a field's handle back before they take another: on which paths they do not.

That a method cancels before it arms anew says that it may run while a handle is live. A path to the
same assignment without the cancel loses that one, unless what leads there may go with the handle: a
parameter, which the caller knows, or the state of the object.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from daemon_lint.refs import FunctionNode, own_nodes
from daemon_lint.states import Branch, Leak
from daemon_lint.summary import FunctionSummary


@dataclass(slots=True)
class Rearmed:
    """What becomes of the handle that a field held before, at the assignments of the field."""

    place: str
    number: int
    given_back: dict[int, list[tuple[Branch, ...]]] = field(default_factory=dict)
    """The paths that come to an assignment, by its line, having released it."""
    lost: dict[int, list[Leak]] = field(default_factory=dict)

    def leaks(self, node: FunctionNode, summary: FunctionSummary) -> Iterator[Leak]:
        """The paths that lose it although another one to the same assignment does not."""
        tests = _Tests(node, summary, self.place.removeprefix("self."))
        for line, leaks in self.lost.items():
            for leak in leaks:
                if any(
                    not any(map(tests.may_go_with_it, set(leak.branches) - set(other)))
                    for other in self.given_back.get(line, ())
                ):
                    yield leak
                    break


class _Tests:
    """The tests of one method, by the lines at which they branch."""

    def __init__(self, node: FunctionNode, summary: FunctionSummary, handle: str) -> None:
        self._handle = handle
        self._me = next(iter(summary.params), "")
        self._params = set(summary.params[1:])
        self._binds = summary.binds
        self._at: dict[int, list[ast.expr]] = {}
        self._locals = set(self._params)
        for item in own_nodes(node):
            if isinstance(item, (ast.If, ast.While, ast.IfExp)):
                self._at.setdefault(item.test.lineno, []).append(item.test)
            elif isinstance(item, ast.Match):
                for case in item.cases:
                    self._at.setdefault(case.pattern.lineno, []).append(item.subject)
            elif isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
                self._locals.add(item.id)

    def may_go_with_it(self, branch: Branch) -> bool:
        """Whether a test asks for parameters alone, or for other fields alone."""
        parts = [part for test in self._at.get(branch.line, ()) for part in _conjuncts(test)]
        return any(map(self._decides, parts))

    def _decides(self, test: ast.expr) -> bool:
        asked: set[str] = set()
        is_own = False
        for item in ast.walk(test):
            if isinstance(item, ast.Attribute) and self._is_me(item.value):
                is_own |= item.attr != self._handle
            elif isinstance(item, ast.Name) and item.id in self._locals:
                if self._binds.get(item.id, "").startswith(f"{self._me}."):
                    is_own = True
                else:
                    asked.add(item.id)
        return not asked if is_own else bool(asked) and asked <= self._params

    def _is_me(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == self._me


def _conjuncts(test: ast.expr) -> Iterator[ast.expr]:
    if isinstance(test, ast.BoolOp):
        for item in test.values:
            yield from _conjuncts(item)
    elif isinstance(test, ast.UnaryOp):
        yield from _conjuncts(test.operand)
    else:
        yield test
