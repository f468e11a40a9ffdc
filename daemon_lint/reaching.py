"""Which normal paths through a method reach something, such as the call of its base.

A small interpreter beside `flow`: it asks one question, so a path is only whether the call was
reached, and whether the path is excused from it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from daemon_lint.fates import only_looks
from daemon_lint.guards import asks_state, assigned, closed_by, kept_by
from daemon_lint.refs import FunctionNode, is_constructor, is_inert, is_suppressing, ref

_STATE_WORDS = re.compile(
    r"(?i)(^|_)(closed|closing|stopped|stopping|stop|shutdown|shut|done|disposed|running|started|"
    r"active|finished|cleaned|destroyed|terminated|cancelled|canceled|alive|opened|open|state|status|"
    r"phase|initialized|initialised|ended|dead|removed|exited)(_|$)"
)


class Answer(Enum):
    """Whether evaluating an expression reaches what is asked for."""

    NO = 0
    SOMETIMES = 1
    YES = 2


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
    """Follows one method.

    `reaches(node)` tells of a single expression node, its parts apart, whether it is what is asked
    for; `ends(node)` whether a call never returns. `set_by_base` are fields that the base assigns:
    a test of them asks whether it ran already.
    """

    def __init__(
        self,
        node: FunctionNode,
        me: str,
        reaches: Callable[[ast.expr], Answer],
        ends: Callable[[ast.expr], bool],
        set_by_base: Collection[str] = (),
    ) -> None:
        self.node = node
        self.me = me
        self.reaches = reaches
        self.ends = ends
        self._watched = 0
        self._there: list[Way] = []
        self._flags = closed_by(node, me)
        self._asked_of = kept_by(node, me) | frozenset(set_by_base)
        self._counted = {
            item.target.attr
            for item in ast.walk(node)
            if isinstance(item, ast.AugAssign) and isinstance(item.target, ast.Attribute)
        }
        self._copies = self._copied_flags()
        self._inner: set[str] = set()
        """Nested functions that reach it: where they are mentioned, it is."""
        self._inner = {
            item.name
            for item in ast.walk(node)
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item is not node
            if any(self._asks(part) is not Answer.NO for part in item.body)
        }

    def missing(self) -> tuple[Way, int] | None:
        """A normal path that misses the base, with the line where it ends; None if none does."""
        found = [(way, line) for way, line in self.paths() if way.misses]
        return found[0] if found and self.is_reached() else None

    def is_reached(self) -> bool:
        """Whether some path reaches it."""
        return any(way.reached for way, _ in self.paths())

    def paths(self) -> list[tuple[Way, int]]:
        """All sets of paths with the lines where they end, exceptions left out."""
        exits = self.block(self.node.body, [Way()])
        last = self.node.end_lineno or self.node.lineno
        return [*exits.ends, *((way, last) for way in exits.next)]

    def ways_at(self, line: int) -> list[Way]:
        """The sets of paths that come to a line."""
        self._watched, self._there = line, []
        self.paths()
        return self._there

    # --- statements -------------------------------------------------------------------------

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
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return _Exits(ways, [], [])
        if self._watched and any(_spans(part, self._watched) for part in _own_parts(node)):
            self._there += ways
        if isinstance(node, ast.If):
            return self._if(node, ways)
        for part in _own_parts(node):
            ways = self._evaluated(part, ways)
        if isinstance(node, ast.Return):
            return _Exits([], [(way, node.lineno) for way in ways], [])
        if isinstance(node, ast.Raise):
            return _Exits([], [], [])
        if isinstance(node, ast.Break):
            return _Exits([], [], ways)
        if isinstance(node, ast.Continue):
            return _Exits([], [], [], ways)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return self._loop(node, ways)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return self._with(node, ways)
        if isinstance(node, (ast.Try, ast.TryStar)):
            return self._try(node, ways)
        if isinstance(node, ast.Match):
            return self._match(node, ways)
        if isinstance(node, ast.Expr) and self.ends(node.value):
            return _Exits([], [], [])
        return _Exits(ways, [], [])

    def _evaluated(self, part: ast.AST, ways: list[Way]) -> list[Way]:
        if isinstance(part, ast.IfExp):
            guard = self._is_guard(part.test)
        elif isinstance(part, ast.BoolOp):
            guard = self._is_guard(part.values[0])
        else:
            guard = any(
                self._is_guard(item.test if isinstance(item, ast.IfExp) else item.values[0])
                for item in ast.walk(part)
                if isinstance(item, (ast.IfExp, ast.BoolOp))
            )
        answer = self._asks(part)
        if answer is Answer.NO:
            return ways
        reached = [replace(way, reached=True) for way in ways]
        if answer is Answer.YES:
            return _merged(reached)
        line = getattr(part, "lineno", self.node.lineno)
        words = "does not reach it"
        return _merged([*reached, *(_taken(way, line, words, guard) for way in ways)])

    def _if(self, node: ast.If, ways: list[Way]) -> _Exits:
        ways = self._evaluated(node.test, ways)
        yes = [_taken(way, node.lineno, "is taken", self._excuses(node.test, True)) for way in ways]
        no = [
            _taken(way, node.lineno, "is not taken", self._excuses(node.test, False))
            for way in ways
        ]
        first, second = self.block(node.body, yes), self.block(node.orelse, no)
        first.next = first.next + second.next
        first.absorb(second)
        return first

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, ways: list[Way]) -> _Exits:
        inner = self.block(node.body, ways)
        around = inner.next + inner.continues
        if isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value:
            return _Exits(_merged(inner.breaks), inner.ends, [])  # only a break leaves it
        runs = isinstance(node, ast.While) or _is_never_empty(node.iter) or _goes_over_self(node)
        if runs and any(way.reached for way in [*around, *inner.breaks]):
            # A loop over bases, or over tries until it works: it runs.
            skipped = [replace(way, excused=True) for way in ways]
        elif runs and self._ends_in(node):
            skipped = []  # each try that works leaves the method
        else:
            skipped = ways
        after = self.block(node.orelse, _merged(around + skipped))
        after.ends += inner.ends
        after.next = after.next + inner.breaks
        return after

    def _ends_in(self, node: ast.For | ast.AsyncFor | ast.While) -> bool:
        """Whether a loop's body reaches it in a `return`, or right before one."""
        return any(self._asks(item) is not Answer.NO for item in node.body)

    def _try(self, node: ast.Try | ast.TryStar, ways: list[Way]) -> _Exits:
        body = self.block(node.body, ways)
        normal = self.block(node.orelse, body.next)
        entering = self._cut_short(node, [*ways, *body.next])
        out = _Exits(normal.next, [], [])
        out.absorb(body)
        out.absorb(normal)
        for handler in node.handlers:
            result = self.block(handler.body, _merged(entering))
            out.next = out.next + result.next
            out.absorb(result)
        return self._finally(node.finalbody, out) if node.finalbody else out

    def _with(self, node: ast.With | ast.AsyncWith, ways: list[Way]) -> _Exits:
        out = self.block(node.body, ways)
        if any(map(is_suppressing, node.items)):
            out.next = _merged([*out.next, *self._cut_short(node, ways)])
        return out

    def _cut_short(
        self, node: ast.Try | ast.TryStar | ast.With | ast.AsyncWith, ways: list[Way]
    ) -> list[Way]:
        """The ways on which the body raises what is handled.

        An exception in the base's own call is its affair; one before it leaves it unreached.
        """
        tried = False
        for item in node.body:
            if self._asks(item) is not Answer.NO:
                tried = True
            if tried or _may_raise(item):
                break
        return [_taken(way, node.lineno, "raises an exception", tried) for way in ways]

    def _finally(self, body: list[ast.stmt], exits: _Exits) -> _Exits:
        """Run the final block on each way out."""
        out = _Exits([], [], [])

        def through(ways: list[Way]) -> list[Way]:
            result = self.block(body, ways)
            out.absorb(result)
            return result.next

        out.next = through(exits.next) if exits.next else []
        out.breaks += through(exits.breaks) if exits.breaks else []
        out.continues += through(exits.continues) if exits.continues else []
        for way, line in exits.ends:
            out.ends += [(after, line) for after in through([way])]
        return out

    def _match(self, node: ast.Match, ways: list[Way]) -> _Exits:
        out = _Exits([], [], [])
        guard = self._is_guard(node.subject)
        for case in node.cases:
            taken = [_taken(way, case.pattern.lineno, "is taken", guard) for way in ways]
            result = self.block(case.body, taken)
            out.next = out.next + result.next
            out.absorb(result)
        last = node.cases[-1].pattern
        singletons = {
            case.pattern.value
            for case in node.cases
            if isinstance(case.pattern, ast.MatchSingleton)
        }
        is_whole = isinstance(last, ast.MatchAs) and last.pattern is None
        if not is_whole and not {True, False} <= singletons:
            out.next += ways
        return out

    # --- expressions ------------------------------------------------------------------------

    def _asks(self, node: ast.AST) -> Answer:
        """Whether evaluating a node reaches it: always, on some path, or never."""
        if isinstance(node, ast.expr):
            own = self.reaches(node)
            if own is Answer.NO and isinstance(node, ast.Name) and node.id in self._inner:
                own = Answer.YES
            if own is not Answer.NO:
                return own
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return Answer.NO
        if isinstance(node, ast.IfExp):
            test = self._asks(node.test)
            both = self._asks(node.body), self._asks(node.orelse)
            return max(test, _either(both), key=_by_value)
        if isinstance(node, ast.BoolOp):
            first, *later = map(self._asks, node.values)
            if first is not Answer.NO or all(item is Answer.NO for item in later):
                return first
            return Answer.SOMETIMES
        found = Answer.NO
        for child in ast.iter_child_nodes(node):
            found = max(found, self._asks(child), key=_by_value)
            if found is Answer.YES:
                break
        return found

    # --- guards -----------------------------------------------------------------------------

    def _excuses(self, test: ast.expr, outcome: bool) -> bool:
        """Whether this outcome of a test means that the base need not be called (again)."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self._excuses(test.operand, not outcome)
        if isinstance(test, ast.BoolOp):
            parts = [self._excuses(item, outcome) for item in test.values]
            # All parts of an `and` hold where it does; of an `or` it may be any one.
            known = isinstance(test.op, ast.And) is outcome
            return any(parts) if known else all(parts)
        return self._is_guard(test) or self._asks_whether_set(test)

    def _asks_whether_set(self, test: ast.expr) -> bool:
        """`if self._reader is None`, of a field that the method or its base sets: did it run?"""
        if isinstance(test, ast.Call) and not (test.args or test.keywords):
            test = test.func  # `self.has_socket()`, which looks at a field
        elif isinstance(test, ast.Compare):
            counted = isinstance(test.left, ast.Attribute) and test.left.attr in self._counted
            if counted or isinstance(test.ops[0], (ast.Is, ast.IsNot)):
                test = test.left
        return (
            isinstance(test, ast.Attribute)
            and ref(test.value) == self.me
            and test.attr in self._asked_of
        )

    def _is_guard(self, test: ast.expr) -> bool:
        """`if self._closed`, a field that this method clears, `hasattr(super(), …)`: a guard."""
        if any(isinstance(item, ast.Name) and item.id == "super" for item in ast.walk(test)):
            return True
        found = False
        for item in ast.walk(test):
            if isinstance(item, ast.Call) and asks_state(item, self.me):
                return True
            if isinstance(item, ast.Attribute) and item.attr in ("alive", "closed", "closing"):
                return True  # of the object or of what it holds: `self._finalizer.alive`
            if isinstance(item, ast.Attribute) and isinstance(item.value, ast.Name):
                word = item.attr
                found = found or (item.value.id == self.me and word in self._flags)
            elif isinstance(item, ast.Call) and ref(item.func) == "getattr" and len(item.args) > 1:
                name = item.args[1]
                word = str(name.value) if isinstance(name, ast.Constant) else ""
                found = found or word in self._flags
            elif isinstance(item, ast.Subscript) and isinstance(item.slice, ast.Constant):
                word = str(item.slice.value)
            elif isinstance(item, ast.Name) and item.id != self.me:
                word = item.id
                found = found or word in self._copies
            else:
                continue
            found = found or _STATE_WORDS.search(word) is not None
        return found

    def _copied_flags(self) -> frozenset[str]:
        """Locals that hold what a flag was: `already, self._closed = self._closed, True`."""
        found = set()
        for target, value in assigned(self.node):
            if isinstance(target, ast.Name) and (
                (isinstance(value, ast.Attribute) and self._is_flag(value))
                or any(
                    isinstance(part, ast.Name) and part.id == "super" for part in ast.walk(value)
                )
            ):
                found.add(target.id)
        return frozenset(found)

    def _is_flag(self, node: ast.Attribute) -> bool:
        return (
            isinstance(node.value, ast.Name)
            and node.value.id == self.me
            and (node.attr in self._flags or _STATE_WORDS.search(node.attr) is not None)
        )


def _by_value(answer: Answer) -> int:
    return answer.value


def _either(answers: tuple[Answer, Answer]) -> Answer:
    """What holds of one of two branches."""
    if answers[0] is answers[1]:
        return answers[0]
    return Answer.SOMETIMES


def _is_never_empty(items: ast.expr) -> bool:
    """Whether a loop over this is one over tries or over bases, which runs."""
    if isinstance(items, (ast.Tuple, ast.List)):
        return bool(items.elts)
    if ref(items).rpartition(".")[2].isupper():
        return True  # a constant
    if isinstance(items, ast.Call):
        called = ref(items.func).rpartition(".")[2]
        if called == "range":  # `range(queue.qsize())` may be empty, `range(self.tries)` is not
            parts = (part for item in items.args for part in ast.walk(item))
            return not any(isinstance(part, ast.Call) for part in parts)
        if called in ("count", "Retrying", "AsyncRetrying"):
            return True
        if called in ("enumerate", "reversed", "list", "tuple", "iter", "zip", "cycle"):
            return all(map(_is_never_empty, items.args)) and bool(items.args)
    return any(
        isinstance(item, ast.Attribute) and item.attr in ("__bases__", "__mro__", "mro")
        for item in ast.walk(items)
    )


def _goes_over_self(node: ast.For | ast.AsyncFor) -> bool:
    """`for one in self.all(): Base.stop(one)` stops itself among the others."""
    names = {item.id for item in ast.walk(node.target) if isinstance(item, ast.Name)}
    return any(
        isinstance(item, ast.Call)
        and item.args
        and is_constructor(ref(item.func).rpartition(".")[0])
        and any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(item.args[0]))
        for item in ast.walk(node)
    )


def _own_parts(node: ast.stmt) -> list[ast.AST]:
    """A statement's own expressions."""
    return [
        part
        for part in ast.iter_child_nodes(node)
        if not isinstance(part, (ast.stmt, ast.ExceptHandler, ast.match_case))
    ]


def _spans(part: ast.AST, line: int) -> bool:
    return isinstance(part, ast.expr) and part.lineno <= line <= (part.end_lineno or part.lineno)


def _taken(way: Way, line: int, words: str, excused: bool) -> Way:
    return Way(way.reached, way.excused or excused, (*way.branches, (line, words)))


def _may_raise(node: ast.stmt) -> bool:
    """Whether a statement awaits, or calls what may fail: not `len(x)`, nor `self.x.clear()`."""
    for item in ast.walk(node):
        if isinstance(item, ast.Await):
            return True
        if isinstance(item, ast.Call):
            name = ref(item.func)
            last = name.rpartition(".")[2]
            if not (is_inert(name) or only_looks(last) or last in ("clear", "cancel", "set")):
                return True
    return False


def _merged(ways: list[Way]) -> list[Way]:
    """One way for each answer; the first of its kind tells the branches."""
    found: dict[tuple[bool, bool], Way] = {}
    for way in ways:
        found.setdefault((way.reached, way.excused), way)
    return list(found.values())
