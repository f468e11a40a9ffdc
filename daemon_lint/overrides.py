"""The methods of a module as overrides: their trees, their bases, and the calls of those."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from daemon_lint.cooperation import Cooperation
from daemon_lint.linking import Linker
from daemon_lint.names import Class, Function, Scope
from daemon_lint.refs import FunctionNode, ref
from daemon_lint.summary import FunctionSummary


@dataclass(frozen=True, slots=True)
class BaseCall:
    """A call of a base's method: `super().m()`, `super(C, self).m()`, `Base.m(self)`.

    `target` is the class whose method is named or, for `super(C, self)`, the class C; None for
    plain `super()`.
    """

    node: ast.Call
    method: str
    target: Class | None
    by_super: bool


@dataclass(frozen=True, slots=True)
class Override:
    """One method of a class with the classes behind it in the MRO."""

    cls: Class
    summary: FunctionSummary
    rest: tuple[Class | str, ...]

    def bases(self) -> Iterator[Function]:
        """The implementations behind this one, nearest first; those of the project only."""
        for base in self.rest:
            if isinstance(base, Class) and self.summary.name in base.summary.methods:
                method = base.summary.methods[self.summary.name]
                yield Function(f"{base.name}.{self.summary.name}", base.module, method, base)


def overrides(linker: Linker, cls: Class) -> Iterator[Override]:
    """The methods of a class, each with what lies behind the class."""
    rest = linker.mro(cls)[1:]
    for method in cls.summary.methods.values():
        if not method.is_property and not method.is_static:
            yield Override(cls, method, rest)


def lost_work(cooperation: Cooperation, override: Override) -> Class | str | None:
    """The nearest base that does work which an override must reach; None where it need not."""
    cls, method = override.cls, override.summary
    if not cooperation.may_cooperate(cls, method.name):
        return None
    return cooperation.working_base(cls, method, override.rest)


def base_calls(linker: Linker, override: Override, node: FunctionNode) -> list[BaseCall]:
    """The calls of base methods in a method's body, nested functions included."""
    me = override.summary.params[0] if override.summary.params else ""
    scope = Scope(override.cls.module, override.cls, (override.summary,))
    found = []
    for item in ast.walk(node):
        if not isinstance(item, ast.Call) or not isinstance(item.func, ast.Attribute):
            continue
        receiver = item.func.value
        if isinstance(receiver, ast.Call) and ref(receiver.func) == "super":
            target = None
            if receiver.args:
                named = linker.resolve(ref(receiver.args[0]), scope)
                target = named if isinstance(named, Class) else None
            found.append(BaseCall(item, item.func.attr, target, True))
        elif item.args and isinstance(item.args[0], ast.Name) and item.args[0].id == me:
            named = linker.resolve(ref(receiver), scope)
            if isinstance(named, Class) and named in override.rest:
                found.append(BaseCall(item, item.func.attr, named, False))
    return found


def method_nodes(tree: ast.Module) -> dict[int, FunctionNode]:
    """All function definitions of a tree by line."""
    found: dict[int, FunctionNode] = {}
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found[node.lineno] = node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                waiting += inner
    return found
