"""What the daemons of a project register, by constant names: intervals, and whom they wait for.

A daemon is a class with a strict base. Names are literals, constants of a module or class, or
members of an enum; a name that is computed is not known and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daemon_lint.contracts import Base
from daemon_lint.linking import Linker
from daemon_lint.names import Class, ModuleRef, Scope
from daemon_lint.summary import FunctionSummary, Named


@dataclass(frozen=True, slots=True)
class Waiting:
    """A daemon waits for another: where it says so."""

    cls: Class
    name: str
    line: int


class Daemons:
    """All daemons of a project, their names, and who waits for whom."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.classes: list[tuple[Class, Base]] = [
            (cls, strict)
            for cls in linker.classes()
            if (strict := linker.strict_base(cls)) is not None
        ]
        self._names: dict[Class, set[str]] = {}
        for cls, _ in self.classes:
            self._names[cls] = self.own_names(cls)
        for module in linker.modules() if self.classes else ():
            for function in module.functions.values():
                self._instances(function.named, Scope(module, None, (function,)))
            for name, summary in module.classes.items():
                owner = linker.class_of(module, name)
                for method in summary.methods.values():
                    self._instances(method.named, Scope(module, owner, (method,)))
            self._instances(module.named, Scope(module))

    def names(self, cls: Class) -> set[str]:
        """The names that a daemon may go by."""
        return self._names.get(cls, set())

    def all_names(self) -> set[str]:
        """The names of all daemons."""
        return set().union(*self._names.values())

    def targets(self, waiting: Waiting) -> list[Class]:
        """The daemons of the name that is waited for: of this module if it has one, else all."""
        found = [cls for cls, _ in self.classes if waiting.name in self.names(cls)]
        near = [cls for cls in found if cls.module is waiting.cls.module]
        return near or found

    def waits(self, cls: Class, base: Base) -> Iterator[Waiting]:
        """Whom the methods of a class wait for."""
        for method in cls.summary.methods.values():
            for call, text, line in self.named(cls, method):
                if call == base.methods["on-ready"]:
                    yield Waiting(cls, text, line)

    def named(self, cls: Class, method: FunctionSummary) -> Iterator[tuple[str, str, int]]:
        """The calls on `self` that are given a constant name: method, name, line."""
        me = method.params[0] if method.params else "self"
        scope = Scope(cls.module, cls, (method,))
        parts = [method]
        while parts:
            part = parts.pop(0)
            for item in part.named:
                head, _, call = item.callee.partition(".")
                if head == me and call and "." not in call:
                    text = self.constant(item.text, scope)
                    if text is not None:
                        yield call, text, item.line
            parts += part.nested.values()

    def constant(self, text: str, scope: Scope) -> str | None:
        """A literal as it is; a ref (`=ref`) by what it names; None when that is not known."""
        if not text.startswith("="):
            return text[1:]
        reference = text[1:].removesuffix(".value")
        head, _, last = reference.rpartition(".")
        if not head:
            return self._module_constant(scope, last)
        if head == scope.me or head in ("cls", "self"):
            for base in self.linker.mro(scope.cls) if scope.cls is not None else ():
                if isinstance(base, Class) and last in base.summary.constants:
                    return base.summary.constants[last]
            return None
        owner = self.linker.resolve(head, scope)
        if isinstance(owner, Class):
            return owner.summary.constants.get(last)
        if isinstance(owner, ModuleRef):
            module = next((m for m in self.linker.modules() if m.name == owner.name), None)
            return module.constants.get(last) if module is not None else None
        return None

    def _module_constant(self, scope: Scope, name: str) -> str | None:
        if name in scope.module.constants:
            return scope.module.constants[name]
        source, _, attribute = scope.module.imports.get(name, "").partition(":")
        for module in self.linker.modules():
            if attribute and module.name == source:
                return module.constants.get(attribute)
        return None

    def own_names(self, cls: Class) -> set[str]:
        """By `super().__init__("name")`, by the class attribute `name`, else the class's name."""
        init = cls.summary.methods.get("__init__")
        if init is not None:
            scope = Scope(cls.module, cls, (init,))
            given = [
                self.constant(item.text, scope)
                for item in init.named
                if item.callee in ("super.().__init__", "super.().__init__.()")
            ]
            if given:
                return {name for name in given if name is not None}
        for base in self.linker.mro(cls):
            if isinstance(base, Class) and (name := base.summary.constants.get("name")):
                return {name}
        return {cls.summary.name.rpartition(".")[2]}

    def _instances(self, named: tuple[Named, ...], scope: Scope) -> None:
        """`UserDaemon("user")` names an instance."""
        for item in named:
            if not item.callee.rpartition(".")[2].lstrip("_")[:1].isupper():
                continue
            cls = self.linker.resolve(item.callee, scope)
            if isinstance(cls, Class) and cls in self._names:
                text = self.constant(item.text, scope)
                if text is not None:
                    self._names[cls].add(text)


def cycles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The shortest cycle through each knot of a graph, each once, from its least name."""
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(edges):
        paths = [[start]]
        seen = {start}
        while paths:
            path = paths.pop(0)
            hit = False
            for after in sorted(edges.get(path[-1], ())):
                if after == start:
                    found.setdefault(frozenset(path), path)
                    hit = True
                    break
                if after not in seen:
                    seen.add(after)
                    paths.append([*path, after])
            if hit:
                break
    known: list[list[str]] = []
    used: set[str] = set()
    for path in sorted(found.values(), key=len):
        if used.isdisjoint(path):
            known.append(path)
            used.update(path)
    return known
