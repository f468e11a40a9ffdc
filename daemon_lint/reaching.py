"""Which normal paths through a method reach the call of its base.

A small interpreter beside `flow`: it asks one question, so a path is only whether the call was
reached, and whether the path is excused from it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from daemon_lint.refs import FunctionNode, ref

_STATE_WORDS = re.compile(
    r"(?i)(^|_)(closed|closing|stopped|stopping|stop|shutdown|shut|done|disposed|running|started|"
    r"active|finished|cleaned|destroyed|terminated|cancelled|canceled|alive|opened|state|status|"
    r"phase|initialized|initialised|ended|dead|removed|exited)(_|$)"
)


@dataclass(frozen=True, slots=True)
class Way:
    """A set of paths: whether they reached the call, whether they may do without, and by what."""

    reached: bool = False
    excused: bool = False
    branches: tuple[tuple[int, str], ...] = ()

    @property
    def misses(self) -> bool:
        return not self.reached and not self.excused


@dataclass(slots=True)
class _Exits:
    next: list[Way]
    ends: list[tuple[Way, int]]
    breaks: list[Way]
    continues: list[Way] = field(default_factory=list)

    def absorb(self, other: _Exits) -> None:
        """Take over all exits of `other` except its `next`."""
        self.ends += other.ends
        self.breaks += other.breaks
        self.continues += other.continues


class Reaching:
    """Follows one method; `reaches(node)` tells whether an expression calls the base."""

    def __init__(self, node: FunctionNode, me: str, reaches: Callable[[ast.expr], bool]) -> None:
        self.node = node
        self.me = me
        self.reaches = reaches
        self._closed_by = _closed_by(node, me)

    def missing(self) -> tuple[Way, int] | None:
        """A normal path that misses the base, with the line where it ends; None if none does."""
        exits = self.block(self.node.body, [Way()])
        last = self.node.end_lineno or self.node.lineno
        ends = [*exits.ends, *((way, last) for way in exits.next)]
        if not any(way.reached for way, _ in ends):
            return None  # it never reaches the base, which is another rule's
        return next(((way, line) for way, line in ends if way.misses), None)

    def block(self, body: Iterable[ast.stmt], ways: list[Way]) -> _Exits:
        out = _Exits(ways, [], [])
        for statement in body:
            if not out.next:
                break
            result = self.statement(statement, out.next)
            out.absorb(result)
            out.next = _merged(result.next)
        return out

    def statement(self, node: ast.stmt, ways: list[Way]) -> _Exits:
        if any(self._reached_in(part) for part in _own_parts(node)):
            ways = _merged([replace(way, reached=True) for way in ways])
        if isinstance(node, ast.Return):
            return _Exits([], [(way, node.lineno) for way in ways], [])
        if isinstance(node, ast.Raise):
            return _Exits([], [], [])
        if isinstance(node, ast.Break):
            return _Exits([], [], ways)
        if isinstance(node, ast.Continue):
            return _Exits([], [], [], ways)
        if isinstance(node, ast.If):
            return self._if(node, ways)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return self._loop(node, ways)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return self.block(node.body, ways)
        if isinstance(node, (ast.Try, ast.TryStar)):
            return self._try(node, ways)
        if isinstance(node, ast.Match):
            return self._match(node, ways)
        return _Exits(ways, [], [])

    def _if(self, node: ast.If, ways: list[Way]) -> _Exits:
        excused = self._is_guard(node.test)
        yes = [_taken(way, node.lineno, "is taken", excused) for way in ways]
        no = [_taken(way, node.lineno, "is not taken", excused) for way in ways]
        first, second = self.block(node.body, yes), self.block(node.orelse, no)
        first.next = first.next + second.next
        first.absorb(second)
        return first

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, ways: list[Way]) -> _Exits:
        inner = self.block(node.body, ways)
        around = inner.next + inner.continues
        if any(way.reached for way in [*around, *inner.breaks]):
            # A loop over bases, or over tries until it works: it runs.
            skipped = [replace(way, excused=True) for way in ways]
        else:
            skipped = ways
        after = self.block(node.orelse, _merged(around + skipped))
        after.ends += inner.ends
        after.next = after.next + inner.breaks
        return after

    def _try(self, node: ast.Try | ast.TryStar, ways: list[Way]) -> _Exits:
        body = self.block(node.body, ways)
        normal = self.block(node.orelse, body.next)
        # What only an exception skips is not a normal path.
        entering = _merged([replace(way, excused=True) for way in [*ways, *body.next]])
        out = _Exits(normal.next, [], [])
        out.absorb(body)
        out.absorb(normal)
        for handler in node.handlers:
            result = self.block(handler.body, entering)
            out.next = out.next + result.next
            out.absorb(result)
        if node.finalbody:
            last = self.block(node.finalbody, out.next or [Way(excused=True)])
            reached = any(way.reached for way in last.next) and all(
                way.reached for way in self.block(node.finalbody, [Way()]).next
            )
            if reached:
                out.ends = [(replace(way, reached=True), line) for way, line in out.ends]
                out.breaks = [replace(way, reached=True) for way in out.breaks]
            out.next = last.next if out.next else []
            out.ends += last.ends
        return out

    def _match(self, node: ast.Match, ways: list[Way]) -> _Exits:
        out = _Exits([], [], [])
        for case in node.cases:
            taken = [_taken(way, case.pattern.lineno, "is taken", False) for way in ways]
            result = self.block(case.body, taken)
            out.next = out.next + result.next
            out.absorb(result)
        last = node.cases[-1]
        if not (isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None):
            out.next += ways
        return out

    def _reached_in(self, part: ast.AST) -> bool:
        return any(isinstance(item, ast.expr) and self.reaches(item) for item in ast.walk(part))

    def _is_guard(self, test: ast.expr) -> bool:
        """`if self._closed`, a field that this method clears, `hasattr(super(), …)`: a guard."""
        if any(isinstance(item, ast.Name) and item.id == "super" for item in ast.walk(test)):
            return True
        found = False
        for item in ast.walk(test):
            if isinstance(item, ast.Attribute) and isinstance(item.value, ast.Name):
                word = item.attr
                found = found or (item.value.id == self.me and word in self._closed_by)
            elif isinstance(item, ast.Call) and ref(item.func) == "getattr" and len(item.args) > 1:
                name = item.args[1]
                word = str(name.value) if isinstance(name, ast.Constant) else ""
            elif isinstance(item, ast.Name) and item.id != self.me:
                word = item.id
            else:
                continue
            found = found or _STATE_WORDS.search(word) is not None
        return found


def _closed_by(node: FunctionNode, me: str) -> frozenset[str]:
    """Fields that a method sets to a constant, so that a second call finds them so."""
    return frozenset(
        target.attr
        for item in ast.walk(node)
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant)
        for target in item.targets
        if isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == me
    )


def _own_parts(node: ast.stmt) -> list[ast.AST]:
    """A statement's own expressions, and the whole of a nested function that may be handed on."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [node]
    return [
        part
        for part in ast.iter_child_nodes(node)
        if not isinstance(part, (ast.stmt, ast.ExceptHandler, ast.match_case))
    ]


def _taken(way: Way, line: int, words: str, excused: bool) -> Way:
    return Way(way.reached, way.excused or excused, (*way.branches, (line, words)))


def _merged(ways: list[Way]) -> list[Way]:
    """One way for each answer; the first of its kind tells the branches."""
    found: dict[tuple[bool, bool], Way] = {}
    for way in ways:
        found.setdefault((way.reached, way.excused), way)
    return list(found.values())
