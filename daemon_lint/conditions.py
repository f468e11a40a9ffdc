"""Conditions on a state: which outcomes a test may have, and what each tells of the state.

A test that nothing decides is remembered as a fact, so that the same question asked again, in
whatever spelling (`a != b` for `not a == b`, `len(x) > 0` for `x`), has the same answer.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from daemon_lint.calls import Calls
from daemon_lint.refs import ref
from daemon_lint.states import Branch, State, Value, merged
from daemon_lint.symbols import Class


class Conditions(Calls):
    """Splits the states of one function by the outcome of tests."""

    def split(self, test: ast.expr, states: list[State]) -> tuple[list[State], list[State]]:
        """The states in which a test holds, and those in which it does not, with the branch."""
        yes, no = self.outcomes(test, states)
        for found, words in ((yes, "is taken"), (no, "is not taken")):
            for state in found:
                state.branches = (*state.branches, Branch(test.lineno, words))
        return yes, no

    def outcomes(self, test: ast.expr, states: list[State]) -> tuple[list[State], list[State]]:
        """The states in which a test holds, and those in which it does not.

        `a and b` looks at b only where a holds, and what b does is done only there.
        """
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yes, no = self.outcomes(test.operand, states)
            return no, yes
        if isinstance(test, ast.BoolOp):
            is_and = isinstance(test.op, ast.And)
            decided: list[State] = []
            for item in test.values:
                yes, no = self.outcomes(item, states)
                states, over = (yes, no) if is_and else (no, yes)
                decided += over
            decided = merged(decided)
            return (states, decided) if is_and else (decided, states)
        if isinstance(test, ast.Call) and ref(test.func) == "bool" and len(test.args) == 1:
            return self.outcomes(test.args[0], states)
        looked_at = self.looked_at(test)
        if looked_at is not None:
            return self.outcomes(looked_at, states)
        yes, no = [], []
        for state in states:
            self.eval(test, state)
            other = state.copy()
            if self.assume(test, state, True):
                yes.append(state)
            if self.assume(test, other, False):
                no.append(other)
        return yes, no

    def assume(self, test: ast.expr, state: State, truth: bool) -> bool:
        """Refine a state by the outcome of a test; False when that cannot be."""
        test = self.plain(test)
        looked_at = self.looked_at(test)
        if looked_at is not None:
            return self.assume(looked_at, state, truth)
        if isinstance(test, ast.Constant):
            return bool(test.value) is truth
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.assume(test.operand, state, not truth)
        if isinstance(test, ast.NamedExpr):
            return self.assume(test.target, state, truth)
        if isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) is truth:
                return all(self.assume(item, state, truth) for item in test.values)
            return any(self.assume(item, state.copy(), truth) for item in test.values)
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            return self.compare(test.left, test.ops[0], test.comparators[0], state, truth)
        if isinstance(test, ast.Call):
            return self.assume_call(test, state, truth)
        if isinstance(test, (ast.Name, ast.Attribute)):
            value = self.peek(test, state)
            if self.is_earlier(value, state):
                if not truth:
                    state.discharge(value.ids)
                return True
            known = self.known_truth(test, value, state)
            if known is not None:
                return known is truth
        return self.remember(self.text(test), state, truth)

    def known_truth(self, test: ast.expr, value: Value, state: State) -> bool | None:
        """Whether a name or field is true, from what it holds or was given."""
        if value.ids & state.open:
            return True
        place = self.place(test)
        if place in state.flags:
            return bool(state.flags[place])
        if value.none is True:
            return False
        return True if value.ids and value.none is False else None

    def assume_call(self, test: ast.Call, state: State, truth: bool) -> bool:
        """A call as a condition: what a handle says of itself, and what looks at its kind."""
        function = test.func
        if isinstance(function, ast.Attribute):
            over = (function.attr in _OVER) if truth else (function.attr in _ON)
            if over:
                state.discharge(self.peek(function.value, state).ids)
            return True
        name = ref(function)
        if name in ("len", "any", "bool") and len(test.args) == 1:
            item = test.args[0]
            # `any(…)` over a comprehension says nothing of the list.
            return self.assume(item, state, truth) if self.place(item) else True
        if name in ("isinstance", "callable", "hasattr") and test.args:
            value = self.peek(test.args[0], state)
            if value.ids & state.open and not self.is_earlier(value, state):
                return truth
            if value.none is True and name != "hasattr":
                return not truth
            return self.remember(self.text(test), state, truth)
        return True

    def compare(
        self, left: ast.expr, op: ast.cmpop, right: ast.expr, state: State, truth: bool
    ) -> bool:
        """`left op right`, with the plain side on the right and a positive operator."""
        left, right = self.plain(left), self.plain(right)
        if isinstance(left, ast.Constant) and not isinstance(right, ast.Constant):
            left, right = right, left
            op = _MIRRORED.get(type(op), type(op))()
        if type(op) in _NEGATED:
            op, truth = _NEGATED[type(op)](), not truth
        if isinstance(op, (ast.Is, ast.Eq)) and _is_none(right):
            return self.assume_none(left, state, truth)
        if isinstance(op, ast.Eq) and isinstance(right, (ast.List, ast.Tuple, ast.Dict)):
            items = right.keys if isinstance(right, ast.Dict) else right.elts
            if not items:
                return self.assume(left, state, not truth)
        if isinstance(right, ast.Call) and ref(right.func) == "len":
            left, right = right, left
            op = _MIRRORED.get(type(op), type(op))()
        if isinstance(right, ast.Name) and right.id in state.flags:
            given = state.flags[right.id]
            if given is None or isinstance(given, (int, str)):
                right = ast.copy_location(ast.Constant(given), right)
        if isinstance(left, ast.Call) and ref(left.func) == "len" and left.args:
            filled = _means_filled(op, right)
            if filled is not None:
                return self.assume(left, state, truth is filled)
        if (
            isinstance(op, ast.Is)
            and self.peek(left, state).ids & state.open
            and self.is_sentinel(right, state)
        ):
            return not truth
        known = self.known_comparison(left, op, right, state)
        if known is None and isinstance(op, ast.In) and self.peek(left, state).ids & state.open:
            items = right.elts if isinstance(right, (ast.Tuple, ast.List, ast.Set)) else [right]
            known = False if all(isinstance(item, ast.Constant) for item in items) else None
        if known is not None:
            return known is truth
        if isinstance(op, ast.Eq) and truth and isinstance(right, ast.Constant):
            place = self.place(left)
            if place:
                state.flags[place] = right.value
        left_text, right_text = self.text(left), self.text(right)
        if not left_text or not right_text:
            return True
        return self.remember(f"{left_text} {type(op).__name__} {right_text}", state, truth)

    def known_comparison(
        self, left: ast.expr, op: ast.cmpop, right: ast.expr, state: State
    ) -> bool | None:
        """The outcome of comparing a place whose constant is known with constants."""
        place = self.place(left)
        if not place or place not in state.flags:
            return None
        try:
            given = ast.literal_eval(right)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None
        compare = _OPERATORS.get(type(op))
        try:
            return None if compare is None else bool(compare(state.flags[place], given))
        except TypeError:
            return None

    def is_sentinel(self, node: ast.expr, state: State) -> bool:
        """Whether a value to be identical with is a constant, or a name that is no local's."""
        if isinstance(node, ast.Constant):
            return True
        functions = self.scope.functions
        local = {name for function in functions for name in (*function.params, *function.binds)}
        return isinstance(node, ast.Name) and node.id not in state.env and node.id not in local

    def assume_none(self, node: ast.expr, state: State, truth: bool) -> bool:
        """Refine a state by whether something is None; False when that cannot be."""
        value = self.peek(node, state)
        if self.is_earlier(value, state):
            if truth:
                state.discharge(value.ids)
            return True
        if value.ids & state.open or value.none is False:
            return not truth
        if value.none is True:
            return truth
        place = self.place(node)
        if place in state.flags:
            return (state.flags[place] is None) is truth
        text = self.text(node)
        return self.remember(f"{text} is None" if text else "", state, truth)

    def remember(self, fact: str, state: State, truth: bool) -> bool:
        """Take down the answer to a question; False if it has another already."""
        if not fact:
            return True
        known = state.facts.setdefault(fact, truth)
        return known is truth

    def looked_at(self, test: ast.expr) -> ast.expr | None:
        """What `self.is_on` or `self.is_on()` looks at: `self.unsub is not None`."""
        cls = self.scope.cls
        called = isinstance(test, ast.Call)
        if isinstance(test, ast.Call):
            if test.args or test.keywords:
                return None
            test = test.func
        if cls is None or not isinstance(test, ast.Attribute) or not self.place(test):
            return None
        if test.attr not in self._looked_at:
            self._looked_at[test.attr] = self._read_look(cls, test)
        is_property, found = self._looked_at[test.attr]
        return found if is_property is not called else None

    def _read_look(self, cls: Class, test: ast.Attribute) -> tuple[bool, ast.expr | None]:
        method = self.linker.method(cls, test.attr)
        if method is None or not method.summary.truth_of:
            return False, None
        found = ast.parse(method.summary.truth_of, mode="eval").body
        for item in ast.walk(found):
            if isinstance(item, ast.Name) and item.id == "self":
                item.id = self.me
            if isinstance(item, ast.Attribute) and item.attr == test.attr:
                return False, None  # it asks itself, or another object
            if isinstance(item, ast.expr):
                ast.copy_location(item, test)
        return method.summary.is_property, found

    @staticmethod
    def is_earlier(value: Value, state: State) -> bool:
        """Whether a value is what an earlier run may, or may not, have left."""
        live = value.ids & state.open
        return bool(live) and max(live) < 0

    def matches(
        self, pattern: ast.pattern, subject: ast.expr, states: list[State]
    ) -> tuple[list[State], list[State]]:
        """The states in which a subject matches a pattern, with what it captures, and the rest."""
        if isinstance(pattern, ast.MatchValue):
            return self._decided(states, lambda state, truth: self.compare(
                subject, ast.Eq(), pattern.value, state, truth
            ))  # fmt: skip
        if isinstance(pattern, ast.MatchSingleton):
            if pattern.value is None:
                return self._decided(
                    states, lambda state, truth: self.assume_none(subject, state, truth)
                )
            wanted = bool(pattern.value)
            return self._decided(
                states, lambda state, truth: self.assume(subject, state, truth is wanted)
            )
        if isinstance(pattern, ast.MatchOr):
            yes: list[State] = []
            for part in pattern.patterns:
                found, states = self.matches(part, subject, states)
                yes += found
            return yes, states
        if isinstance(pattern, ast.MatchAs):
            no: list[State] = []
            if pattern.pattern is not None:
                states, no = self.matches(pattern.pattern, subject, states)
            if pattern.name is not None:
                self._capture(pattern, pattern.name, subject, states)
            return states, no
        if (
            isinstance(pattern, ast.MatchSequence)
            and isinstance(subject, (ast.Tuple, ast.List))
            and len(pattern.patterns) == len(subject.elts)
            and not any(isinstance(part, ast.MatchStar) for part in pattern.patterns)
        ):
            rest: list[State] = []
            for part, item in zip(pattern.patterns, subject.elts, strict=True):
                states, missed = self.matches(part, item, states)
                rest += missed
            return states, rest
        return self._matches_loosely(pattern, subject, states)

    def _matches_loosely(
        self, pattern: ast.pattern, subject: ast.expr, states: list[State]
    ) -> tuple[list[State], list[State]]:
        """A class, mapping or sequence pattern: what it captures may be what the subject holds."""
        yes, no = [], []
        for state in states:
            value = self.peek(subject, state)
            live = value.ids & state.open and not self.is_earlier(value, state)
            plain = isinstance(pattern, ast.MatchClass) and not (
                pattern.patterns or pattern.kwd_patterns
            )
            if not (live and plain):
                no.append(state.copy())
            if value.none is not True:
                yes.append(state)
        for item in ast.walk(pattern):
            name = getattr(item, "name", None) or getattr(item, "rest", None)
            if isinstance(item, ast.pattern) and isinstance(name, str):
                self._capture(item, name, subject, yes)
        return yes, no

    def _decided(
        self, states: list[State], assume: Callable[[State, bool], bool]
    ) -> tuple[list[State], list[State]]:
        """The states for which an assumption may hold, and those for which it may not."""
        no = [other for state in states if assume(other := state.copy(), False)]
        return [state for state in states if assume(state, True)], no

    def _capture(
        self, pattern: ast.pattern, name: str, subject: ast.expr, states: list[State]
    ) -> None:
        target = ast.copy_location(ast.Name(name, ast.Store()), pattern)
        for state in states:
            value = self.peek(subject, state)
            if not isinstance(subject, (ast.Name, ast.Attribute)):
                value = value | self.eval(subject, state.copy())
            self.store(target, value, state)

    def note_flag(self, target: ast.expr, value: ast.expr, state: State) -> None:
        """A name or field that is given a constant, or the outcome of a test that is known."""
        place = self.place(target)
        if not place:
            return
        if isinstance(value, ast.Constant):
            state.flags[place] = value.value
            state.given -= {place}
            return
        if place.startswith("self."):
            state.given |= {place}
        if isinstance(value, _TESTS):
            yes = self.assume(value, state.copy(), True)
            if yes is not self.assume(value, state.copy(), False):
                state.flags[place] = yes

    def text(self, node: ast.expr) -> str:
        """A condition's text, the same each time it is asked; empty where calls may change it."""
        if not self.is_stable(node):
            return ""
        return ast.unparse(node)

    def is_stable(self, node: ast.expr) -> bool:
        """Whether an expression is the same until one of its names is assigned."""
        for item in ast.walk(node):
            if isinstance(item, ast.Call):
                if not isinstance(item.func, ast.Name) or item.func.id not in _PURE:
                    return False
            elif not isinstance(item, _STABLE):
                return False
        return True


_OVER = frozenset(("done", "cancelled", "fired", "finished"))
_ON = frozenset(("is_alive", "active", "is_active", "running", "is_running"))
"""Methods of a handle that tell whether it is over, and whether it still lives."""
_PURE = frozenset(("len", "isinstance", "callable", "hasattr", "bool", "type", "tuple"))
_STABLE = (
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.Compare,
    ast.UnaryOp,
    ast.Tuple,
    ast.List,
    ast.Set,
    ast.expr_context,
    ast.cmpop,
    ast.unaryop,
)
_TESTS = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Name, ast.Attribute)
_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.NotEq: ast.Eq,
    ast.IsNot: ast.Is,
    ast.NotIn: ast.In,
    ast.LtE: ast.Gt,
    ast.GtE: ast.Lt,
}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}
_OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.Is: operator.is_,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.In: lambda left, right: left in right,
}


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _means_filled(op: ast.cmpop, right: ast.expr) -> bool | None:
    """Whether `len(x) op right` says that x is filled, or that it is empty; None if neither."""
    number = right.value if isinstance(right, ast.Constant) else None
    if isinstance(op, ast.Gt) and number == 0:
        return True
    if (isinstance(op, ast.Eq) and number == 0) or (isinstance(op, ast.Lt) and number == 1):
        return False
    return None
