"""What a function's body amounts to: work or none, a refusal, a look at fields."""

from __future__ import annotations

import ast
import re

from daemon_lint.refs import FunctionNode, is_inert, own_nodes, parameters, ref


def truth_of(node: FunctionNode, me: str) -> str:
    """What a function without arguments returns, if it only looks at its object's fields."""
    body = [item for item in node.body if not is_docstring(item)]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        return ""
    value = body[0].value
    if me != "self" or len(parameters(node.args)) != 1 or isinstance(node, ast.AsyncFunctionDef):
        return ""
    for item in ast.walk(value):
        if isinstance(item, ast.Call):
            if item.keywords or (item.args and not isinstance(item.func, ast.Name)):
                return ""
        elif isinstance(item, ast.Name):
            if item.id not in (me, "bool", "len", "isinstance", "callable", "any"):
                return ""
        elif not isinstance(item, _LOOKING):
            return ""
    text = ast.unparse(value)
    return text if len(text) < 200 and f"{me}." in text else ""


_LOOKING = (
    ast.Attribute,
    ast.BoolOp,
    ast.Compare,
    ast.Constant,
    ast.UnaryOp,
    ast.boolop,
    ast.cmpop,
    ast.unaryop,
    ast.expr_context,
)


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def does_work(node: FunctionNode) -> bool:
    """Whether a body is more than a docstring, `pass`, `...`, a bare return or a refusal.

    A body that only calls the same method of its base, or only raises, does none itself.
    """
    return any(not _is_idle(statement, node.name) for statement in node.body)


def _is_idle(statement: ast.stmt, method: str) -> bool:
    if isinstance(statement, (ast.Pass, ast.Raise)):
        return True
    if isinstance(statement, ast.Expr):
        value = statement.value
        if isinstance(value, (ast.Constant, ast.Name, ast.Attribute)):
            return True
        return _is_own_super(value, method) or _is_logging(value)
    if isinstance(statement, ast.Return):
        value_ = statement.value
        return (
            value_ is None or not any(map(_acts, ast.walk(value_))) or _is_own_super(value_, method)
        )
    if isinstance(statement, ast.Assign):
        # `msg = "…"; raise NotImplementedError(msg)`
        return isinstance(statement.value, (ast.Constant, ast.JoinedStr, ast.Name)) and all(
            isinstance(target, ast.Name) for target in statement.targets
        )
    return isinstance(statement, (ast.Delete, ast.Assert, ast.Global, ast.Import, ast.ImportFrom))


def only_raises(node: FunctionNode) -> bool:
    """Whether a body can only end in an exception, and not because it is yet to be written."""
    last = node.body[-1]
    if not isinstance(last, ast.Raise) or last.exc is None:
        return False
    raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
    return ref(raised).rpartition(".")[2] != "NotImplementedError" and not any(
        isinstance(item, (ast.Return, ast.Yield, ast.YieldFrom)) for item in own_nodes(node)
    )


def _acts(node: ast.AST) -> bool:
    """Whether an expression may do something, instead of only being a value."""
    return isinstance(
        node, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Subscript)
    )


def is_sentinel(node: ast.expr) -> bool:
    """Whether a value put into a queue says that it ends: a constant, or a name like `_STOP`."""
    return all(
        (
            isinstance(item, (ast.Constant, ast.Tuple, ast.Load, ast.Attribute))
            and not (isinstance(item, ast.Attribute) and not item.attr.isupper())
        )
        or (isinstance(item, ast.Name) and (item.id.isupper() or item.id in ("self", "cls")))
        or (isinstance(item, (ast.Name, ast.Attribute)) and _ENDING.search(ref(item)) is not None)
        for item in ast.walk(node)
    )


_ENDING = re.compile(r"(?i)stop|sentinel|end|done|exit|quit|shutdown|close|poison|term|eof|kill")


def _is_own_super(node: ast.expr, method: str) -> bool:
    if isinstance(node, ast.Await):
        node = node.value
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and ref(node.func.value).startswith("super.()")
    )


def _is_logging(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    receiver = ref(node.func.value).lower()
    return "log" in receiver.rpartition(".")[2] and is_inert(node.func.attr)


def is_effect(node: ast.AST) -> bool:
    """Whether a node of a test does more than look."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ref(node.func)
        return name not in _LOOKS
    return isinstance(node, (ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom))


_LOOKS = frozenset(
    "done cancelled is_alive active when len bool isinstance callable hasattr is_set".split()
)


def names_awaitable(annotation: ast.expr) -> bool:
    """Whether an annotation names something to be awaited."""
    if isinstance(annotation, ast.Constant):
        return "Awaitable" in str(annotation.value)
    parts = (annotation,) if isinstance(annotation, ast.Name) else ast.walk(annotation)
    return any(
        ref(item).rpartition(".")[2] in ("Awaitable", "Coroutine", "Future", "Task")
        for item in parts
        if isinstance(item, (ast.Name, ast.Attribute))
    )
