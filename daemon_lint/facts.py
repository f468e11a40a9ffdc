"""What is known to hold on a branch, so that two branches can be told to exclude each other."""

from __future__ import annotations

import ast

from daemon_lint.refs import ref

Facts = frozenset[tuple[str, str, bool]]
"""What holds on a branch: an expression, the value it is (or '' for true), yes or no."""
NOTHING: Facts = frozenset()


def facts_of(test: ast.expr, holds: bool) -> Facts:
    """What is known where a condition over names, fields and constants holds, or does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return facts_of(test.operand, not holds)
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) == holds:
            return frozenset().union(*(facts_of(item, holds) for item in test.values))
        return frozenset()
    if isinstance(test, (ast.Name, ast.Attribute)):
        return frozenset(((ref(test), "", holds),))
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        operator, right = test.ops[0], test.comparators[0]
        if isinstance(operator, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)) and ref(test.left):
            what = ast.unparse(right)
            return frozenset(
                ((ref(test.left), what, isinstance(operator, (ast.Eq, ast.Is)) == holds),)
            )
    return frozenset()


def exclude(one: Facts, two: Facts) -> bool:
    """Whether what holds at two places cannot hold at once."""
    return any(
        left == right
        and ((value == other and holds != also) or (value != other and holds and also and value))
        for left, value, holds in one
        for right, other, also in two
    )
