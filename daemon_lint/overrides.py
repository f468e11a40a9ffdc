"""The methods of a module as overrides: their trees, their bases, and the calls of those."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from daemon_lint.linking import Linker
from daemon_lint.refs import FunctionNode, ref
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, External, Function, Scope


@dataclass(frozen=True, slots=True)
class BaseCall:
    """A call of a base's method: `super().m()`, `super(C, self).m()`, `Base.m(self)`.

    `target` is the class whose method is named or, for `super(C, self)`, the class C; None for
    plain `super()`.
    """

    node: ast.Call
    method: str
    target: Class | str | None
    by_super: bool


@dataclass(frozen=True, slots=True)
class Override:
    """One method of a class with the classes behind it in the MRO."""

    cls: Class
    name: str
    summary: FunctionSummary
    rest: tuple[Class | str, ...]

    @property
    def me(self) -> str:
        """What the method calls its instance; '' for a static method."""
        return self.summary.params[0] if self.summary.params and not self.summary.is_static else ""

    def bases(self) -> Iterator[Function]:
        """The implementations behind this one, nearest first; those of the project only."""
        for base in self.rest:
            if isinstance(base, Class) and self.name in base.summary.methods:
                method = base.summary.methods[self.name]
                yield Function(f"{base.name}.{self.name}", base.module, method, base)


def overrides(linker: Linker, cls: Class) -> Iterator[Override]:
    """The methods of a class, each with what lies behind the class; properties are not called."""
    rest = linker.mro(cls)[1:]
    for name, method in cls.summary.methods.items():
        if "@" not in name and not method.is_property:  # one of several with a name
            yield Override(cls, name, method, rest)


def base_calls(linker: Linker, override: Override, node: FunctionNode) -> list[BaseCall]:
    """The calls of base methods in a method's body, nested functions included."""
    me = override.me
    scope = Scope(override.cls.module, override.cls, (override.summary,))
    found = []
    for item in ast.walk(node):
        if not isinstance(item, ast.Call) or not isinstance(item.func, ast.Attribute):
            continue
        receiver = item.func.value
        if isinstance(receiver, ast.Call) and ref(receiver.func) == "super":
            target = _class(linker, ref(receiver.args[0]), scope) if receiver.args else None
            found.append(BaseCall(item, item.func.attr, target, True))
        elif isinstance(receiver, (ast.Name, ast.Attribute)) and ref(receiver) != me:
            named = _class(linker, ref(receiver), scope)
            given = item.args[0] if item.args else None
            if named in override.rest and (
                (isinstance(given, ast.Name) and given.id == me) or item.func.attr == override.name
            ):
                found.append(BaseCall(item, item.func.attr, named, False))
    return found


def _class(linker: Linker, reference: str, scope: Scope) -> Class | str | None:
    named = linker.resolve(reference, scope)
    if isinstance(named, External):
        return named.name
    return named if isinstance(named, Class) else None
