"""DMN107: two intervals of one name in a class and its bases."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding, Step
from daemon_lint.names import Class, Scope
from daemon_lint.rules.base import ModuleCheck, Rule


class DuplicateIntervalName(Rule):
    code = "DMN107"
    symbol = "duplicate-interval-name"
    summary = "Two registrations of one interval name in a class and its bases replace each other."
    why = (
        "A registered interval of the same name is replaced: the first one stops without a word, "
        "and what it did is done no more."
    )
    wrong = """
from daemonbase import DaemonBase


class Poller(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("poll", self.read, 5)
        self.register_interval("poll", self.write, 9)  # error: DMN107

    def read(self) -> None: ...
    def write(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class Poller(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("read", self.read, 5)
        self.register_interval("write", self.write, 9)

    def read(self) -> None: ...
    def write(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            strict = linker.strict_base(cls)
            if strict is None:
                continue
            known = _of_bases(module, cls, strict)
            for method in cls.summary.methods.values():
                calls = list(module.project.daemons.named(cls, method))
                if not any(call == strict.methods["register-interval"] for call, _, _ in calls):
                    continue
                node = module.nodes.get(method.line)
                if node is None:
                    continue
                walk = _Registrations(module, cls, strict, known if method.name in _FIRST else {})
                walk.block(node.body, dict(walk.known))
                for name, call, first in walk.found:
                    path, line = first
                    yield self.at(
                        module,
                        call,
                        f"{cls.summary.name} registers the interval '{name}' again, which "
                        f"replaces the one of line {line}; give it a name of its own, or clear "
                        f"the first",
                        Step(path, line, "the name is registered here first"),
                    )


_FIRST = ("initialize", "start", "__init__")
_Known = dict[str, tuple[str, int]]


def _of_bases(module: ModuleCheck, cls: Class, strict: Base) -> _Known:
    """The intervals that the bases register in the hooks that run once."""
    found: _Known = {}
    linker, daemons = module.project.linker, module.project.daemons
    for base in linker.mro(cls)[1:]:
        if not isinstance(base, Class):
            continue
        for name in _FIRST:
            method = base.summary.methods.get(name)
            if method is None or (
                name in cls.summary.methods
                and not any(call.method == name for call in cls.summary.methods[name].supers)
            ):
                continue
            for call, text, line in daemons.named(base, method):
                if call == strict.methods["register-interval"]:
                    found.setdefault(text, (base.module.path, line))
    return found


class _Registrations:
    """The names registered along each path of a method; a branch of its own knows only its own."""

    def __init__(self, module: ModuleCheck, cls: Class, strict: Base, known: _Known) -> None:
        self.module = module
        self.cls = cls
        self.register = strict.methods["register-interval"]
        self.known = known
        self.found: list[tuple[str, ast.Call, tuple[str, int]]] = []

    def block(self, body: list[ast.stmt], known: _Known) -> _Known | None:
        """The names known after a block; None when no path goes on."""
        for statement in body:
            if isinstance(statement, ast.If):
                first = self.block(statement.body, dict(known))
                second = self.block(statement.orelse, dict(known))
                if first is None and second is None:
                    return None
                ways = [way for way in (first, second) if way is not None]
                known = {key: value for way in ways for key, value in way.items()}
                if len(ways) == 2:
                    known = {key: value for key, value in known.items() if key in ways[0]} | {
                        key: value for key, value in known.items() if key in ways[1]
                    }
                continue
            if isinstance(statement, ast.Match):
                for case in statement.cases:
                    self.block(case.body, dict(known))
                continue
            if isinstance(statement, (ast.Return, ast.Raise, ast.Break, ast.Continue)):
                self.expression(statement, known)
                return None
            for name in ("body", "handlers", "orelse", "finalbody"):
                for inner in getattr(statement, name, []):
                    if isinstance(inner, ast.ExceptHandler):
                        self.block(inner.body, dict(known))
                    elif not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                        after = self.block([inner], known)
                        known = known if after is None else after
            self.expression(statement, known)
        return known

    def expression(self, statement: ast.stmt, known: _Known) -> None:
        for part in ast.iter_child_nodes(statement):
            if isinstance(part, (ast.stmt, ast.ExceptHandler)):
                continue
            for item in ast.walk(part):
                if isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute):
                    self.call(item, item.func, known)

    def call(self, node: ast.Call, function: ast.Attribute, known: _Known) -> None:
        if not isinstance(function.value, ast.Name) or function.value.id != "self":
            return
        if function.attr.startswith(("clear_", "cleanup_")):
            if not node.args:
                known.clear()
            else:
                known.pop(self.name(node) or "", None)
            return
        name = self.name(node) if function.attr == self.register else None
        if name is None:
            return
        if name in known:
            self.found.append((name, node, known[name]))
        known[name] = (self.module.path, node.lineno)

    def name(self, node: ast.Call) -> str | None:
        """The constant name that a registration is given."""
        daemons = self.module.project.daemons
        for method in self.cls.summary.methods.values():
            for item in method.named:
                if item.line == node.lineno and item.callee.endswith(
                    f".{getattr(node.func, 'attr', '')}"
                ):
                    scope = Scope(self.cls.module, self.cls, (method,))
                    return daemons.constant(item.text, scope)
        return None
