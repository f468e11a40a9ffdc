"""The named intervals that a daemon registers along each path, and those that replace another.

A small interpreter beside `flow`: what it keeps of a path is which names are taken, and where.
Helpers, hooks and bases are followed as they run for one concrete class. Where paths meet, a name
is taken if it is on one of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from daemon_lint.constants import Constants
from daemon_lint.contracts import Base
from daemon_lint.facts import NOTHING, Facts, exclude, facts_of
from daemon_lint.frames import Frame, Frames, Own, Site, argument, own_argument
from daemon_lint.refs import literal_elements, parameters
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, Function
from daemon_lint.trees import in_order
from daemon_lint.values import Values

_SITES = 8
"""How many registrations of one name are remembered where paths meet."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A registration that replaces another of the same name."""

    name: str
    first: Site
    second: Site
    in_loop: bool = False


@dataclass(slots=True)
class _Path:
    """Names that are taken, with the call that took each, and what held there; what locals hold."""

    taken: dict[str, tuple[tuple[Site, Facts], ...]] = field(default_factory=dict)
    known: dict[str, Values | None] = field(default_factory=dict)
    facts: Facts = NOTHING

    def copy(self) -> _Path:
        return _Path(dict(self.taken), dict(self.known), self.facts)


@dataclass(slots=True)
class _Exits:
    next: _Path | None
    breaks: list[_Path] = field(default_factory=list)
    continues: list[_Path] = field(default_factory=list)
    ends: list[_Path] = field(default_factory=list)

    def absorb(self, other: _Exits) -> None:
        self.breaks += other.breaks
        self.continues += other.continues
        self.ends += other.ends


class Intervals:
    """Follows the methods of one daemon class."""

    def __init__(self, constants: Constants, cls: Class, strict: Base) -> None:
        self.constants = constants
        self.frames = Frames(constants, cls, strict)
        self.methods = strict.methods
        self.cls = cls
        self.found: dict[ast.Call, Replaced] = {}
        self._before: list[list[_Path]] = []
        """For each `try` around: the paths as they are before each of its statements."""
        self._awaited: set[int] = set()
        self._round = False

    def replaced(self) -> list[Replaced]:
        """The registrations that replace others: in the start as a whole, and in each method."""
        start = _Path()
        names = ("__init__", self.methods["start"], self.methods["initialize"])
        ran_initialize = False
        for name in names:
            frame = self.frames.method(name)
            if frame is not None and not (name == names[2] and ran_initialize):
                ran_initialize = name == names[1]
                start = self._run(frame, start)
        for base in self.frames.linker.mro(self.cls):
            if isinstance(base, Class):
                for method in base.summary.methods.values():
                    if method.name not in names and self._registers(method):
                        self._alone(Function(method.name, base.module, method, base, self.cls))
        return list(self.found.values())

    def _registers(self, method: FunctionSummary) -> bool:
        """Whether a method, or a function inside it, names the registrar."""
        return self.methods["register-interval"] in method.self_refs or any(
            map(self._registers, method.nested.values())
        )

    def _alone(self, method: Function) -> None:
        """A method, and the functions inside it, each as if nothing were registered yet."""
        frame = self.frames.enter(method)
        if frame is None:
            return
        self._run(frame, _Path())
        for item in ast.walk(frame.node):
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item is not frame.node:
                inner = self.frames.inside(item, None, frame)
                if inner is not None:
                    self._run(inner, _Path())

    def _run(self, frame: Frame, path: _Path) -> _Path:
        """The names taken after a function has run."""
        start = _Path(dict(path.taken), dict(frame.place.known), path.facts)
        if isinstance(frame.node, ast.Lambda):
            self._expression(frame.node.body, start, frame)
            return start
        exits = self._block(frame.node.body, start, frame)
        ends = [*exits.ends, *([exits.next] if exits.next is not None else [])]
        return _joined(ends) or _Path()

    # --- statements -------------------------------------------------------------------------

    def _block(self, body: Iterable[ast.stmt], path: _Path, frame: Frame) -> _Exits:
        out = _Exits(path)
        for statement in body:
            if out.next is None:
                break
            for before in self._before[-1:]:
                before.append(out.next.copy())
            result = self._statement(statement, out.next, frame)
            out.absorb(result)
            out.next = result.next
        return out

    def _statement(self, node: ast.stmt, path: _Path, frame: Frame) -> _Exits:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return _Exits(path)
        if isinstance(node, ast.If):
            self._expression(node.test, path, frame)
            for asked in self._asked_for(node.test, frame):
                path.taken.pop(asked, None)
            yes, no = path.copy(), path.copy()
            yes.facts |= facts_of(node.test, True)
            no.facts |= facts_of(node.test, False)
            return self._either([(node.body, yes), (node.orelse, no)], path.facts, frame)
        if isinstance(node, ast.Match):
            self._expression(node.subject, path, frame)
            ways = [(case.body, path.copy()) for case in node.cases]
            ways += [] if _is_complete(node) else [([], path.copy())]
            return self._either(ways, path.facts, frame)
        if isinstance(node, (ast.For, ast.AsyncFor)):
            return self._for(node, path, frame)
        if isinstance(node, ast.While):
            return self._while(node, path, frame)
        if isinstance(node, (ast.Try, ast.TryStar)):
            return self._try(node, path, frame)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                self._expression(item.context_expr, path, frame)
            return self._block(node.body, path, frame)
        self._expression(node, path, frame)
        if isinstance(node, ast.Return):
            return _Exits(None, ends=[path])
        if isinstance(node, ast.Raise):
            return _Exits(None)
        if isinstance(node, ast.Break):
            return _Exits(None, breaks=[path])
        if isinstance(node, ast.Continue):
            return _Exits(None, continues=[path])
        self._assign(node, path, frame)
        return _Exits(path)

    def _asked_for(self, test: ast.expr, frame: Frame) -> Iterator[str]:
        """Names that a condition asks for: `if "poll" not in self.running`, `self.has("poll")`."""
        for item in ast.walk(test):
            asked: list[ast.expr] = []
            if isinstance(item, ast.Call):
                asked = item.args
            elif isinstance(item, ast.Compare) and isinstance(item.ops[0], (ast.In, ast.NotIn)):
                asked = [item.left]
            for part in asked:
                yield from self.constants.texts(part, frame.place)

    def _either(
        self, bodies: list[tuple[list[ast.stmt], _Path]], facts: Facts, frame: Frame
    ) -> _Exits:
        out = _Exits(None)
        ways: list[_Path] = []
        for body, path in bodies:
            result = self._block(body, path, frame)
            out.absorb(result)
            ways += [result.next] if result.next is not None else []
        if len(ways) > 1:  # what held on the only branch that goes on holds after it
            for way in ways:
                way.facts = facts
        out.next = _joined(ways)
        return out

    def _for(self, node: ast.For | ast.AsyncFor, path: _Path, frame: Frame) -> _Exits:
        self._expression(node.iter, path, frame)
        out = _Exits(None)
        known = literal_elements(node)
        rounds: list[ast.expr | None] = [*known] if known is not None else [None, None]
        ways: list[_Path | None] = [] if known else [path.copy()]
        current: _Path | None = path
        for number, element in enumerate(rounds):
            if current is None:
                break
            self._bind(node.target, element, current, frame)
            result = self._rounds(node.body, current, frame, number)
            out.ends += result.ends
            out.breaks += result.breaks
            current = _joined([result.next, *result.continues])
            if known is None:
                ways.append(current.copy() if current is not None else None)
            if known is None and isinstance(node, ast.AsyncFor):
                break
        after = _joined([*ways, current])
        return self._after_loop(node.orelse, after, out, frame)

    def _while(self, node: ast.While, path: _Path, frame: Frame) -> _Exits:
        self._expression(node.test, path, frame)
        endless = isinstance(node.test, ast.Constant) and bool(node.test.value)
        skipped = None if endless else path.copy()
        out = _Exits(None)
        current: _Path | None = path
        # With an await in it, a loop that registers again gives the interval new seconds.
        twice = not any(isinstance(item, (ast.Await, ast.AsyncWith)) for item in ast.walk(node))
        for number in range(2 if twice else 1):
            if current is None:
                break
            result = self._rounds(node.body, current, frame, number)
            out.ends += result.ends
            out.breaks += result.breaks
            current = _joined([result.next, *result.continues])
        after = skipped if endless else _joined([skipped, current])
        return self._after_loop(node.orelse, after, out, frame)

    def _rounds(self, body: list[ast.stmt], path: _Path, frame: Frame, number: int) -> _Exits:
        outer, self._round = self._round, self._round or number > 0
        result = self._block(body, path, frame)
        self._round = outer
        return result

    def _after_loop(
        self, orelse: list[ast.stmt], after: _Path | None, out: _Exits, frame: Frame
    ) -> _Exits:
        breaks, out.breaks = out.breaks, []
        if after is not None and orelse:
            result = self._block(orelse, after, frame)
            out.absorb(result)
            after = result.next
        out.next = _joined([after, *breaks])
        return out

    def _try(self, node: ast.Try | ast.TryStar, path: _Path, frame: Frame) -> _Exits:
        self._before.append([path.copy()])
        out = self._block(node.body, path, frame)
        before = self._before.pop()
        for outer in self._before[-1:]:
            outer += before
        if out.next is not None and node.orelse:
            result = self._block(node.orelse, out.next, frame)
            out.absorb(result)
            out.next = result.next
        ways = [out.next]
        for handler in node.handlers:
            entered = _joined(before)
            result = self._block(handler.body, entered or _Path(), frame)
            out.absorb(result)
            ways.append(result.next)
        out.next = _joined(ways)
        if node.finalbody:
            goes_on = out.next is not None
            inner = out.next or _joined([*out.ends, *out.breaks, *out.continues, *before])
            result = self._block(node.finalbody, inner or _Path(), frame)
            out.absorb(result)
            out.next = result.next if goes_on else None
        return out

    # --- expressions ------------------------------------------------------------------------

    def _assign(self, node: ast.stmt, path: _Path, frame: Frame) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value, path, frame)
        elif isinstance(node, ast.AnnAssign):
            self._bind(node.target, node.value, path, frame)
        elif isinstance(node, ast.AugAssign):
            self._bind(node.target, None, path, frame)

    def _bind(self, target: ast.expr, value: ast.expr | None, path: _Path, frame: Frame) -> None:
        if isinstance(target, ast.Name):
            place = replace(frame.place, known=path.known)
            path.known[target.id] = self.constants.values(value, place)
        elif isinstance(target, (ast.Tuple, ast.List)):
            given: list[ast.expr | None] = [None] * len(target.elts)
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(given):
                given = [*value.elts]
            for part, item in zip(target.elts, given, strict=True):
                self._bind(part, item, path, frame)

    def _expression(self, node: ast.AST, path: _Path, frame: Frame) -> None:
        for item in in_order(node):
            if isinstance(item, ast.NamedExpr):
                self._bind(item.target, item.value, path, frame)
            elif isinstance(item, ast.Call):
                self._call(item, path, replace(frame, place=replace(frame.place, known=path.known)))
            elif isinstance(item, ast.Await):
                self._awaited.update(id(inner) for inner in ast.walk(item))

    def _call(self, call: ast.Call, path: _Path, frame: Frame) -> None:
        called = self.frames.called(call, frame)
        if isinstance(called, Own):
            self._own(called.name, call, path, frame)
        elif called is not None:
            if isinstance(called.node, ast.AsyncFunctionDef) and id(call) not in self._awaited:
                return  # a task of its own runs it, at another time
            before, self._before = self._before, []
            path.taken = self._run(called, path).taken
            self._before = before

    def _own(self, name: str, call: ast.Call, path: _Path, frame: Frame) -> None:
        if name == self.methods["start"]:
            hook = self.frames.method(self.methods["initialize"])
            if hook is not None and hook.node not in frame.around:
                path.taken = self._run(hook, path).taken
        elif name == self.methods["register-interval"]:
            given = own_argument(call, frame.place.me, 0, "name")
            text = self.constants.text(given, frame.place)
            if text:
                self._register(text, call, frame.site(call, given), path, frame)
        elif name.startswith(("clear_", "cleanup_")) and "subscription" not in name:
            cleared = self.constants.values(
                own_argument(call, frame.place.me, 0, "name"), frame.place
            )
            if cleared is None:
                path.taken.clear()  # all of them, or one that cannot be known
            for item in cleared or ():
                path.taken.pop(str(item), None)

    def _register(self, name: str, call: ast.Call, site: Site, path: _Path, frame: Frame) -> None:
        for first, facts in path.taken.get(name, ()):
            if exclude(facts, path.facts):
                continue
            if first.node is not site.node:
                self.found.setdefault(site.node, Replaced(name, first, site))
            elif self._round or _is_given_by_caller(call, frame):
                self.found.setdefault(site.node, Replaced(name, first, site, in_loop=True))
        path.taken[name] = ((site, path.facts),)


def _is_given_by_caller(call: ast.Call, frame: Frame) -> bool:
    """Whether a helper registers what its caller hands over: each time something else."""
    callback = argument(call, 1, "callback")
    params = {item.arg for item in parameters(frame.node.args)} - {frame.place.me}
    return callback is not None and any(
        isinstance(item, ast.Name) and item.id in params for item in ast.walk(callback)
    )


def _joined(ways: Iterable[_Path | None]) -> _Path | None:
    """One path for several that meet: a name is taken if one of them has taken it."""
    known = [way for way in ways if way is not None]
    if not known:
        return None
    out = known[0].copy()
    for way in known[1:]:
        out.facts &= way.facts
        for name, sites in way.taken.items():
            out.taken[name] = tuple(dict.fromkeys((*out.taken.get(name, ()), *sites)))[:_SITES]
        for name in out.known.keys() | way.known.keys():
            one, two = out.known.get(name), way.known.get(name)
            out.known[name] = one | two if one is not None and two is not None else None
    return out


def _is_complete(node: ast.Match) -> bool:
    return any(
        isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and not case.guard
        for case in node.cases
    )
