"""Handlers of `system:ready` that ask by hand which daemon it is.

A handler is followed into the helpers that it hands its payload to. What it compares counts if it
picks out daemons by name: not its own name, not names that it has seen before, and not a test that
only leaves some daemon out, since `on_daemon_ready` cannot say that.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from daemon_lint.constants import Constants, Place
from daemon_lint.frames import Frame, Frames
from daemon_lint.refs import is_inert, parameters, ref

_KEY = "daemon"
_DEPTH = 4
_NORMALISING = frozenset(
    "lower upper strip casefold lstrip rstrip removeprefix removesuffix".split()
)
_EQUAL = (ast.Eq, ast.Is, ast.In)


@dataclass(frozen=True, slots=True)
class Payload:
    """The names in a function that hold the payload, the daemon's name, and names to compare."""

    whole: frozenset[str]
    daemon: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


class ReadyFilter:
    """Looks through one handler, for one daemon class with the names it goes by."""

    def __init__(self, frames: Frames, own_names: Callable[[], set[str]]) -> None:
        self.frames = frames
        self.constants: Constants = frames.constants
        self.own_names = own_names

    def picks(self, frame: Frame, payload: Payload, depth: int = 0) -> bool:
        """Whether a function treats some daemons by name."""
        looking = _Looking(self, frame, payload)
        if looking.picks():
            return True
        if depth >= _DEPTH:
            return False
        for call, place in looking.calls():
            called = self.frames.called(call, Frame(place, frame.node, {}, frame.around))
            if isinstance(called, Frame):
                inner = looking.handed(call, called)
                if (inner.whole or inner.daemon) and self.picks(called, inner, depth + 1):
                    return True
        return False


class _Looking:
    """One function with a payload in it."""

    def __init__(self, filter_: ReadyFilter, frame: Frame, payload: Payload) -> None:
        self.filter = filter_
        self.constants = filter_.constants
        self.frame = frame
        self.place: Place = frame.place
        self.node = frame.node
        self.whole = set(payload.whole)
        self.daemon = set(payload.daemon)
        self.fixed = payload.fixed
        self.parts = list(ast.walk(frame.node))
        for _ in range(3):
            for item in self.parts:
                self._assigned(item)

    # --- what holds what --------------------------------------------------------------------

    def _assigned(self, item: ast.AST) -> None:
        if isinstance(item, ast.Assign):
            for target in item.targets:
                self._bind(target, item.value)
        elif isinstance(item, (ast.NamedExpr, ast.AnnAssign)) and item.value is not None:
            self._bind(item.target, item.value)
        elif isinstance(item, ast.Match):
            for case in item.cases:
                self._captured(case.pattern, item.subject)

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for part, item in zip(target.elts, value.elts, strict=True):
                    self._bind(part, item)
        elif isinstance(target, ast.Name):
            if self.is_daemon(value):
                self.daemon.add(target.id)
            elif self.is_of_payload(value) and not isinstance(value, ast.Call):
                self.whole.add(target.id)

    def _captured(self, pattern: ast.pattern, subject: ast.expr) -> None:
        """What a pattern takes out of the payload, or out of the daemon's name."""
        if self.is_daemon(subject):
            self.daemon.update(_captures(pattern))
        elif self.is_of_payload(subject):
            for inner in _daemon_patterns(pattern):
                self.daemon.update(_captures(inner))

    def is_of_payload(self, node: ast.expr) -> bool:
        """Whether an expression is the payload, or something in it."""
        if isinstance(node, ast.Name):
            return node.id in self.whole
        if isinstance(node, (ast.Attribute, ast.Subscript, ast.NamedExpr)):
            return self.is_of_payload(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return node.func.attr == "get" and self.is_of_payload(node.func.value)
        if isinstance(node, ast.BoolOp):
            return self.is_of_payload(node.values[0])
        return (
            isinstance(node, ast.Call)
            and ref(node.func) == "dict"
            and any(self.is_of_payload(item) for item in node.args)
        )

    def is_daemon(self, node: ast.expr) -> bool:
        """Whether an expression is the daemon's name in the payload, perhaps made plainer."""
        if isinstance(node, ast.Name):
            return node.id in self.daemon
        if isinstance(node, ast.NamedExpr):
            return self.is_daemon(node.value)
        if isinstance(node, ast.Subscript):
            return self._is_key(node.slice) and self.is_of_payload(node.value)
        if isinstance(node, ast.Attribute):
            return node.attr == _KEY and self.is_of_payload(node.value)
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            return self.is_daemon(node.values[0])
        if isinstance(node, ast.IfExp):
            return self.is_daemon(node.body) or self.is_daemon(node.orelse)
        if not isinstance(node, ast.Call):
            return False
        function = node.func
        if isinstance(function, ast.Attribute):
            if function.attr in _NORMALISING:
                return self.is_daemon(function.value)
            taken = function.attr in ("get", "pop", "__getitem__") and bool(node.args)
            return taken and self._is_key(node.args[0]) and self.is_of_payload(function.value)
        name = ref(function)
        if name == "getattr" and len(node.args) > 1:
            return self._is_key(node.args[1]) and self.is_of_payload(node.args[0])
        return name in ("str", "cast") and bool(node.args) and self.is_daemon(node.args[-1])

    def _is_key(self, node: ast.expr) -> bool:
        return _KEY in self.constants.texts(node, self.place)

    # --- what is compared -------------------------------------------------------------------

    def picks(self) -> bool:
        """Whether a comparison or pattern here picks out daemons by name."""
        excluding = {id(test) for test in self._excluding()}
        for item in self.parts:
            if isinstance(item, ast.Compare) and id(item) not in excluding and self._asks(item):
                return True
            if isinstance(item, ast.Match) and self._matches(item):
                return True
        return False

    def _asks(self, node: ast.Compare) -> bool:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)):
                for one, other in ((left, right), (right, left)):
                    if self.is_daemon(one) and self._is_name(other):
                        return True
                    if self.is_of_payload(one) and self._is_whole_payload(other):
                        return True
            elif isinstance(operator, (ast.In, ast.NotIn)) and self.is_daemon(left):
                names = self.constants.elements(right, self.place) or ()
                if any(self._is_foreign(item) for item in names):
                    return True
            left = right
        return False

    def _is_foreign(self, value: object) -> bool:
        """Whether a value is the name of another daemon."""
        return isinstance(value, str) and value != "" and value not in self.filter.own_names()

    def _is_whole_payload(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Dict) and any(
            key is not None and self._is_key(key) and self._is_name(value)
            for key, value in zip(node.keys, node.values, strict=True)
        )

    def _is_name(self, node: ast.expr) -> bool:
        """Whether an expression is the name of a daemon that is waited for."""
        if self.is_daemon(node) or self.is_of_payload(node) or self._is_own_name(node):
            return False
        values = self.constants.values(node, self.place)
        if values is not None:
            return any(map(self._is_foreign, values))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return node.func.attr in _NORMALISING and self._is_name(node.func.value)
        if isinstance(node, ast.Attribute):
            if self.constants.is_me(node.value, self.place):
                return self._is_set_once(node.attr)
            return node.attr == "name" and bool(ref(node.value))
        if isinstance(node, ast.Name):
            return node.id in self.fixed or self._is_of_outer(node.id)
        return False

    def _is_own_name(self, node: ast.expr) -> bool:
        me = self.place.me
        owners = (me, f"{me}.__class__", "type.()", "cls")
        return (
            isinstance(node, ast.Attribute)
            and ref(node.value) in owners
            and (node.attr in ("name", "_name", "__name__"))
        )

    def _is_set_once(self, name: str) -> bool:
        """Whether a field is given at the start and stays: it says whom the daemon waits for."""
        if self.place.cls is None:
            return False
        hooks = ("__init__", self.filter.frames.strict.methods["initialize"])
        makers = [
            getattr(place.functions[0], "name", "") if place.functions else ""
            for _, place in self.constants.assigned(self.place.cls, name)
        ]
        return bool(makers) and all(maker in hooks for maker in makers)

    def _is_of_outer(self, name: str) -> bool:
        """Whether a name belongs to a function around this one."""
        if any(item.arg == name for item in parameters(self.node.args)):
            return False
        code = self.constants.trees.code(self.place.module.path)
        if code is None or isinstance(self.node, ast.Lambda):
            bound = False
        else:
            bound = name in code.bindings(self.node)
        return not bound and any(
            any(item.arg == name for item in parameters(outer.args))
            or (code is not None and name in code.bindings(outer))
            for outer in self.place.functions[:-1]
        )

    def _excluding(self) -> Iterator[ast.Compare]:
        """Comparisons that only leave some daemons out: all others are treated alike."""
        for item in self.parts:
            if isinstance(item, ast.If) and not item.orelse:
                ends = isinstance(item.body[-1], (ast.Return, ast.Continue, ast.Raise))
                acts = any(map(_acts, item.body))
                for test, positive in _polar(item.test, True):
                    equal = isinstance(test.ops[0], _EQUAL) == positive
                    if (equal and not acts and ends) or (not equal and not ends):
                        yield test

    def _matches(self, node: ast.Match) -> bool:
        of_daemon = self.is_daemon(node.subject)
        if not of_daemon and not self.is_of_payload(node.subject):
            return False
        for case in node.cases:
            patterns = [case.pattern] if of_daemon else list(_daemon_patterns(case.pattern))
            leaves = all(isinstance(item, (ast.Pass, ast.Return)) for item in case.body)
            if any(map(self._is_named, patterns)) and not leaves:
                return True
        return False

    def _is_named(self, pattern: ast.pattern) -> bool:
        if isinstance(pattern, ast.MatchOr):
            return any(map(self._is_named, pattern.patterns))
        if isinstance(pattern, ast.MatchAs) and pattern.pattern is not None:
            return self._is_named(pattern.pattern)
        return isinstance(pattern, ast.MatchValue) and self._is_name(pattern.value)

    # --- what is handed on ------------------------------------------------------------------

    def calls(self) -> Iterator[tuple[ast.Call, Place]]:
        """The calls that may hand the payload on."""
        for item in self.parts:
            if isinstance(item, ast.Call) and not is_inert(ref(item.func)):
                yield item, self.place

    def handed(self, call: ast.Call, called: Frame) -> Payload:
        """What the parameters of a called function are given of the payload."""
        names = [item.arg for item in (*called.node.args.posonlyargs, *called.node.args.args)]
        explicit = bool(call.args) and self.constants.is_me(call.args[0], self.place)
        if names and names[0] == called.place.me and not explicit:
            del names[0]
        slots = [*zip(names, call.args, strict=False)]
        slots += [(item.arg, item.value) for item in call.keywords if item.arg]
        daemon = {name for name, value in slots if self.is_daemon(value)}
        whole = {name for name, value in slots if self.is_of_payload(value)} - daemon
        fixed = {name for name, value in slots if self._is_name(value)}
        return Payload(frozenset(whole), frozenset(daemon), frozenset(fixed))


def _polar(node: ast.expr, positive: bool) -> Iterator[tuple[ast.Compare, bool]]:
    """The comparisons of a condition, and whether it holds when they do."""
    if isinstance(node, ast.Compare):
        yield node, positive
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield from _polar(node.operand, not positive)
    elif isinstance(node, ast.BoolOp):
        for item in node.values:
            yield from _polar(item, positive)


def _acts(node: ast.stmt) -> bool:
    """Whether a statement does more than to log, or to leave."""
    if isinstance(node, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        return isinstance(call, ast.Call) and not is_inert(ref(call.func))
    if isinstance(node, ast.Return):
        return node.value is not None and not isinstance(node.value, ast.Constant)
    return not isinstance(node, (ast.Pass, ast.Continue, ast.Raise))


def _captures(pattern: ast.pattern) -> Iterator[str]:
    """The names that a pattern gives to the whole of what it matches."""
    if isinstance(pattern, ast.MatchAs):
        if pattern.name is not None:
            yield pattern.name
        if pattern.pattern is not None:
            yield from _captures(pattern.pattern)
    elif isinstance(pattern, ast.MatchClass) and len(pattern.patterns) == 1:
        yield from _captures(pattern.patterns[0])


def _daemon_patterns(pattern: ast.pattern) -> Iterator[ast.pattern]:
    """The patterns for the daemon's name inside one for a payload."""
    if isinstance(pattern, ast.MatchMapping):
        for key, inner in zip(pattern.keys, pattern.patterns, strict=True):
            if isinstance(key, ast.Constant) and key.value == _KEY:
                yield inner
    elif isinstance(pattern, ast.MatchClass):
        for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            if name == _KEY:
                yield inner
        if ref(pattern.cls) not in ("dict", "str"):
            yield from pattern.patterns[:1]
    elif isinstance(pattern, ast.MatchOr):
        for inner in pattern.patterns:
            yield from _daemon_patterns(inner)
    elif isinstance(pattern, ast.MatchAs) and pattern.pattern is not None:
        yield from _daemon_patterns(pattern.pattern)
