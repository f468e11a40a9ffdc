"""DMN203: the coroutine of the base's method is made and never awaited."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding, Step
from daemon_lint.installed import find_method
from daemon_lint.linking import Linker
from daemon_lint.overrides import BaseCall, Override, base_calls, overrides
from daemon_lint.refs import FunctionNode
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, Scope

COROUTINES = ("initialize", "cleanup", "start", "shutdown")
"""The methods of a strict base that are coroutines, by the keys of `BASE_METHODS`."""


class SuperNotAwaited(Rule):
    code = "DMN203"
    symbol = "super-not-awaited"
    summary = "The coroutine of the base's method is neither awaited nor handed on."
    why = (
        "Calling a coroutine function runs nothing. The base's work is skipped, with no more than "
        "a warning when the coroutine is collected."
    )
    wrong = """
class Connection:
    async def close(self) -> None:
        self.socket.close()


class Cached(Connection):
    async def close(self) -> None:
        super().close()  # error: DMN203
"""
    right = """
class Connection:
    async def close(self) -> None:
        self.socket.close()


class Cached(Connection):
    async def close(self) -> None:
        await super().close()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            for override in overrides(linker, cls):
                if not _may_drop(linker, override):
                    continue
                node = module.node(override.summary)
                calls = base_calls(linker, override, node) if node is not None else []
                for call in calls:
                    base = _coroutine(linker, override, call)
                    if base is None or node is None or not _is_dropped(node, call.node):
                        continue
                    name = base if isinstance(base, str) else base.summary.name
                    steps = []
                    if isinstance(base, Class):
                        line = base.summary.methods[call.method].line
                        steps.append(Step(base.module.path, line, f"{call.method}() is async here"))
                    yield self.at(
                        module,
                        call.node,
                        f"{cls.summary.name}.{override.summary.name}() does not await "
                        f"{name}.{call.method}(), so it never runs; write await before it",
                        *steps,
                    )


def _may_drop(linker: Linker, override: Override) -> bool:
    """Whether some call of a base's coroutine is not awaited on the spot."""
    strict = linker.strict_base(override.cls)
    parts = [override.summary]
    while parts:
        part = parts.pop()
        for call in part.supers:
            if not call.awaited and (
                (strict is not None and call.method in strict.methods.values())
                or any(
                    isinstance(base, Class)
                    and (method := base.summary.methods.get(call.method)) is not None
                    and _is_coroutine(linker, base, method)
                    for base in override.rest
                )
                or any(isinstance(base, str) for base in override.rest)
            ):
                return True
        parts += part.nested.values()
    return False


def _is_coroutine(linker: Linker, cls: Class, method: FunctionSummary) -> bool:
    """Whether a call gives a coroutine: `async def`, or all it returns comes from one."""
    if method.is_async:
        return not method.is_generator
    scope = Scope(cls.module, cls, (method,))
    origins = [linker.callee(item.ref, scope).function for item in method.returned]
    return bool(origins) and all(
        origin is not None and origin.summary.is_async and not origin.summary.is_generator
        for origin in origins
    )


def _coroutine(linker: Linker, override: Override, call: BaseCall) -> Class | str | None:
    """The base whose coroutine function a call names; None if it is none, or not known."""
    rest = override.rest
    if call.target is not None and call.target in rest:
        rest = rest[rest.index(call.target) + (1 if call.by_super else 0) :]
    strict = linker.strict_base(override.cls)
    for base in rest:
        if isinstance(base, Class):
            method = base.summary.methods.get(call.method)
            if method is not None:
                return base if _is_coroutine(linker, base, method) else None
        elif strict is not None and base == strict.name and call.method in _hooks(strict):
            return base.rpartition(".")[2]
        elif (found := find_method(base, call.method)) is not None:
            return base.rpartition(".")[2] if found.is_async and not found.is_generator else None
        elif override.summary.is_async and call.method == override.name:
            profile = linker.profile
            if not {call.method, f"{base}.{call.method}"}.isdisjoint(profile.cooperative):
                return base.rpartition(".")[2]  # an override is of the kind of its base
    return None


def _hooks(strict: Base) -> list[str]:
    return [strict.methods[key] for key in COROUTINES]


def _is_dropped(node: FunctionNode, call: ast.Call) -> bool:
    """Whether a call is a statement of its own, is tested, or goes to a name nobody awaits."""
    for item in ast.walk(node):
        if any(part is call for part in _tested(item)):
            return True
        if isinstance(item, ast.Expr) and item.value is call:
            return True
        if isinstance(item, ast.Assign) and item.value is call:
            names = {target.id for target in item.targets if isinstance(target, ast.Name)}
            if len(names) < len(item.targets):
                return False
            return not _is_handed_on(node, names) or _is_overwritten(node, item, names)
    return False


def _tested(node: ast.AST) -> list[ast.expr]:
    """What a node asks whether it is true, or compares: a coroutine that nobody awaits there."""
    if isinstance(node, (ast.If, ast.While, ast.Assert)):
        return [node.test]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    return [node.left, *node.comparators] if isinstance(node, ast.Compare) else []


def _is_handed_on(node: FunctionNode, names: set[str]) -> bool:
    """Whether something more is done with a name than to test it."""
    looked_at = {id(part) for item in ast.walk(node) for part in _tested(item)}
    return any(
        isinstance(item, ast.Name)
        and item.id in names
        and isinstance(item.ctx, ast.Load)
        and id(item) not in looked_at
        for item in ast.walk(node)
    )


def _is_overwritten(node: FunctionNode, assignment: ast.Assign, names: set[str]) -> bool:
    """Whether the same block gives the name another value before anybody reads it."""
    for block in ast.walk(node):
        for body in (getattr(block, "body", None), getattr(block, "orelse", None)):
            if not isinstance(body, list) or assignment not in body:
                continue
            for later in body[body.index(assignment) + 1 :]:
                used = [
                    item
                    for item in ast.walk(later)
                    if isinstance(item, ast.Name) and item.id in names
                ]
                if any(isinstance(item.ctx, ast.Load) for item in used):
                    return False
                if used:
                    return isinstance(later, ast.Assign)
    return False
