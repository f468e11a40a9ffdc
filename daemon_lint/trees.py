"""The trees of modules, read again where a question needs more than summaries.

Few modules of a project define daemons, name constants for them or make them, so that only those
are parsed again; the trees of the last ones are kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from daemon_lint.refs import FunctionNode, inside, own_nodes, ref
from daemon_lint.source import Broken, Source, definitions, parse

_KEPT = 256


@dataclass(frozen=True, slots=True)
class Binding:
    """What a name is given: a value, or (`element`) one after the other of a collection.

    `value` is None where no expression says it: a parameter of `with`, an import, `+=`.
    """

    value: ast.expr | None
    element: bool = False
    lines: tuple[int, int] | None = None
    """The lines of the loop that gives it, which has the say inside."""


@dataclass
class Code:
    """The tree of one module, with what is found in it by name and line."""

    source: Source
    _bindings: dict[int, dict[str, list[Binding]]] = field(default_factory=dict)

    @cached_property
    def functions(self) -> dict[int, FunctionNode]:
        """The function definitions by line."""
        nodes = definitions(self.source.tree)
        return {node.lineno: node for node in nodes if isinstance(node, FunctionNode)}

    @cached_property
    def classes(self) -> dict[str, ast.ClassDef]:
        """The classes by their dotted names inside the module."""
        return dict(_classes(self.source.tree, ""))

    def bindings(self, node: ast.AST | None = None) -> dict[str, list[Binding]]:
        """What the names of a function's or class's own body are given, or the module's."""
        around = self.source.tree if node is None else node
        known = self._bindings.get(id(around))
        if known is None:
            known = self._bindings[id(around)] = {}
            for item in own_nodes(around):
                for name, binding in _bound(item):
                    known.setdefault(name, []).append(binding)
        return known


def _classes(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for item in own_nodes(node):
        if isinstance(item, ast.ClassDef):
            yield prefix + item.name, item
            yield from _classes(item, f"{prefix}{item.name}.")
        elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _classes(item, inside(item))


def _bound(item: ast.AST) -> Iterator[tuple[str, Binding]]:
    if isinstance(item, ast.Assign):
        for target in item.targets:
            yield from _pairs(target, item.value)
    elif (isinstance(item, ast.AnnAssign) and item.value is not None) or isinstance(
        item, ast.NamedExpr
    ):
        yield from _pairs(item.target, item.value)
    elif isinstance(item, ast.AugAssign):
        yield from _pairs(item.target, None)
    elif isinstance(item, (ast.For, ast.AsyncFor, ast.comprehension)):
        if isinstance(item.target, ast.Name):
            yield item.target.id, Binding(item.iter, True, _lines(item))
        else:
            yield from _unpacked(item.target, item.iter)
    elif isinstance(item, (ast.With, ast.AsyncWith)):
        for each in item.items:
            if each.optional_vars is not None:
                yield from _pairs(each.optional_vars, None)
    elif (isinstance(item, ast.ExceptHandler) and item.name) or (
        isinstance(item, (ast.MatchAs, ast.MatchStar)) and item.name
    ):
        yield item.name, Binding(None)
    elif isinstance(item, ast.Delete):
        for target in item.targets:
            yield from _pairs(target, None)


def _lines(loop: ast.For | ast.AsyncFor | ast.comprehension) -> tuple[int, int] | None:
    if isinstance(loop, ast.comprehension):
        return None
    return loop.lineno, loop.end_lineno or loop.lineno


def nearest(bindings: list[Binding], line: int) -> list[Binding]:
    """The bindings that may hold at a line: those of the innermost loop around it, else all."""
    around = [item for item in bindings if item.lines and item.lines[0] <= line <= item.lines[1]]
    return [max(around, key=lambda item: item.lines or (0, 0))] if around else bindings


def _pairs(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        yield target.id, Binding(value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        given: list[ast.expr | None] = [None] * len(target.elts)
        if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(given):
            given = [*value.elts]
        for part, item in zip(target.elts, given, strict=True):
            yield from _pairs(part, item)
    elif isinstance(target, ast.Starred):
        yield from _pairs(target.value, None)


def _unpacked(target: ast.expr, items: ast.expr) -> Iterator[tuple[str, Binding]]:
    """`for name, handler in (("a", f), ("b", g))`; the keys of a literal's `.items()`."""
    if (
        isinstance(items, ast.Call)
        and isinstance(items.func, ast.Attribute)
        and items.func.attr == "items"
        and isinstance(target, ast.Tuple)
        and len(target.elts) == 2
    ):
        if isinstance(target.elts[0], ast.Name):
            yield target.elts[0].id, Binding(items.func.value, element=True)
        yield from _pairs(target.elts[1], None)
    elif isinstance(items, (ast.Tuple, ast.List)):
        for element in items.elts:
            yield from _pairs(target, element)
    else:
        yield from _pairs(target, None)


def assigned_to(node: ast.AST | None, me: str, name: str) -> Iterator[Binding]:
    """What a function assigns to a field of its object, which it calls `me`."""
    for item in ast.walk(node) if node is not None else ():
        targets: list[ast.expr] = []
        value: ast.expr | None = None
        if isinstance(item, ast.Assign):
            targets, value = item.targets, item.value
        elif isinstance(item, ast.AnnAssign) and item.value is not None:
            targets, value = [item.target], item.value
        elif isinstance(item, ast.AugAssign):
            targets = [item.target]
        for target in targets:
            parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
            for part in parts:
                if ref(part) == f"{me}.{name}":
                    yield Binding(value if part is target else None)


class Trees:
    """The code of modules by path; what cannot be read or parsed has none."""

    def __init__(self) -> None:
        self._known: dict[str, Code | None] = {}
        self._unsaved: dict[str, bytes] = {}

    def code(self, path: str) -> Code | None:
        """The code of a file, parsed when first asked for."""
        if path not in self._known:
            while len(self._known) >= _KEPT:
                del self._known[next(iter(self._known))]
            self._known[path] = self._read(path)
        return self._known[path]

    def refresh(self, path: str, source: bytes) -> None:
        """Take the content of an unsaved buffer in place of what is on disk."""
        self._unsaved[path] = source
        self._known.pop(path, None)

    def _read(self, path: str) -> Code | None:
        try:
            data = self._unsaved[path] if path in self._unsaved else Path(path).read_bytes()
        except OSError:
            return None
        source = parse(data, path)
        return None if isinstance(source, Broken) else Code(source)


def in_order(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of an expression that run with it: an await before its call, arguments first."""
    if isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)):
        return
    if isinstance(node, ast.Await):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from in_order(child)
    if not isinstance(node, ast.Await):
        yield node
