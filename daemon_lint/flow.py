"""Obligations along every path of one function.

An abstract interpreter over the tree: a `State` is one set of paths, with what each local may
hold and which obligations are still open. Branches split states, joins merge them when there are
too many. Exceptions reach handlers; what is lost only there is left to a later rule (DMN105).
The approximations are listed in docs/architecture.md.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from daemon_lint.contracts import Acquire, Kind
from daemon_lint.findings import Confidence
from daemon_lint.ownership import NEUTRAL_METHODS, Ownership, everything
from daemon_lint.linking import Callee, Function, Linker, Scope, handle_by_names
from daemon_lint.summary import (
    ACCESSORS,
    FILLERS,
    RELEASE_METHODS,
    FunctionNode,
    FunctionSummary,
    is_inert,
    own_nodes,
    ref,
)

_MAX_STATES = 24

Reason = str
"""How an obligation is lost: `dropped`, `unused`, `path` or `field`."""


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression may be: handles it holds, whether it is None, fields it aliases."""

    ids: frozenset[int] = frozenset()
    none: bool | None = None
    homes: frozenset[str] = frozenset()

    def __or__(self, other: Value) -> Value:
        none = self.none if self.none == other.none else None
        return Value(self.ids | other.ids, none, self.homes | other.homes)


UNKNOWN = Value()
NONE = Value(none=True)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A live handle: the call that acquired it and under which contract."""

    node: ast.Call
    acquire: Acquire
    kind: Kind
    confidence: Confidence
    text: str
    worker: Function | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A decision taken on a path."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Leak:
    """An obligation that some path loses: how, where, and the branches that lead there."""

    obligation: Obligation
    reason: Reason
    line: int
    branches: tuple[Branch, ...]
    place: str = ""
    """The local or field that held it last."""


@dataclass(slots=True)
class State:
    """One set of paths."""

    env: dict[str, Value] = field(default_factory=dict)
    open: frozenset[int] = frozenset()
    stored: dict[int, frozenset[str]] = field(default_factory=dict)
    late: frozenset[int] = frozenset()
    facts: dict[str, bool] = field(default_factory=dict)
    branches: tuple[Branch, ...] = ()

    def copy(self) -> State:
        return State(
            dict(self.env), self.open, dict(self.stored), self.late, dict(self.facts), self.branches
        )

    def discharge(self, ids: frozenset[int]) -> None:
        self.open -= ids

    def key(self) -> tuple[object, ...]:
        """What distinguishes states in which the same obligations can still be lost."""
        live = self.open
        return (
            live,
            frozenset(
                (name, value) for name, value in self.env.items() if value.ids or value.none
            ),
            frozenset((number, self.stored[number]) for number in live if number in self.stored),
            frozenset(self.facts.items()),
            self.late & live,
        )


@dataclass(slots=True)
class Exits:
    """Where paths go: on to the next statement, out of a loop, out of the function."""

    next: list[State] = field(default_factory=list)
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)
    returns: list[tuple[State, int]] = field(default_factory=list)
    raises: list[State] = field(default_factory=list)

    def absorb(self, other: Exits) -> None:
        """Take over all exits of `other` except its `next`."""
        self.breaks += other.breaks
        self.continues += other.continues
        self.returns += other.returns
        self.raises += other.raises


def merged(states: list[State]) -> list[State]:
    """Drop duplicate states, and join all of them when there are too many."""
    unique = list({state.key(): state for state in reversed(states)}.values())[::-1]
    if len(unique) <= _MAX_STATES:
        return unique
    by_open: dict[frozenset[int], State] = {}
    for state in unique:
        known = by_open.get(state.open)
        by_open[state.open] = state if known is None else _join(known, state)
    states = list(by_open.values())
    while len(states) > _MAX_STATES:
        states = [_join(states[0], states[1]), *states[2:]]
    return states


def _join(left: State, right: State) -> State:
    env = {
        name: left.env.get(name, UNKNOWN) | right.env.get(name, UNKNOWN)
        for name in left.env.keys() | right.env.keys()
    }
    stored = {
        number: left.stored.get(number, frozenset()) | right.stored.get(number, frozenset())
        for number in left.stored.keys() | right.stored.keys()
    }
    facts = {key: value for key, value in left.facts.items() if right.facts.get(key) is value}
    return State(
        env, left.open | right.open, stored, left.late | right.late, facts, left.branches
    )


class FunctionFlow:
    """Runs one function and collects its leaks."""

    def __init__(
        self,
        node: FunctionNode,
        scope: Scope,
        linker: Linker,
        ownership: Ownership,
        strict: bool,
    ) -> None:
        """`scope` ends with the function's own summary; `strict` is that of its class."""
        self.node = node
        self.scope = scope
        self.me = scope.me
        self.linker = linker
        self.ownership = ownership
        self.strict = strict
        self.obligations: dict[int, Obligation] = {}
        self.leaks: dict[int, Leak] = {}
        self._callees: dict[str, Callee] = {}
        self._expected: dict[int, str] = {}
        self._nonlocals = {
            name
            for item in own_nodes(node)
            if isinstance(item, (ast.Nonlocal, ast.Global))
            for name in item.names
        }
        self._captured = captured(scope.functions[-1])

    def run(self) -> list[Leak]:
        """Interpret the body; the leaks, one for each acquire call at most."""
        exits = self.block(self.node.body, [State()])
        last = self.node.end_lineno or self.node.lineno
        for state in exits.next:
            self.leave(state, last)
        for state, line in exits.returns:
            self.leave(state, line)
        return list(self.leaks.values())

    # --- leaving ----------------------------------------------------------------------------

    def leave(self, state: State, line: int) -> None:
        """A path ends: what is open and not safely kept is lost."""
        for number in state.open:
            if number in state.late or number in self.leaks:
                continue
            places = state.stored.get(number, frozenset())
            names = [name for name, value in state.env.items() if number in value.ids]
            if any(name in self._captured for name in names):
                continue
            if places:
                if not any(self.is_kept(place) for place in places):
                    self.leak(state, number, "field", line, min(places))
                continue
            held = [name for name in names if not name.startswith("self.")]
            if held and self.obligations[number].acquire.once:
                continue  # it removes itself when it fires, which this path may have waited for
            self.leak(state, number, "path" if held else "dropped", line, held[0] if held else "")

    def is_kept(self, place: str) -> bool:
        """Whether a handle stored in a field is released at the end of its owner."""
        cls = self.scope.cls
        if cls is None or not place.startswith("self."):
            return True
        return self.ownership.releases_field(cls, place.removeprefix("self."))

    def leak(self, state: State, number: int, reason: str, line: int, place: str = "") -> None:
        if number in self.leaks:
            return
        obligation = self.obligations[number]
        cls, worker = self.scope.cls, obligation.worker
        if (
            cls is not None
            and worker is not None
            and (reason == "field" or worker.summary.loops)
            and self.ownership.ends_by_flag(cls, worker)
        ):
            return
        after = tuple(item for item in state.branches if item.line >= obligation.node.lineno)
        self.leaks[number] = Leak(obligation, reason, line, after, place)

    # --- statements -------------------------------------------------------------------------

    def block(self, body: list[ast.stmt], states: list[State]) -> Exits:
        exits = Exits()
        for statement in body:
            if not states:
                break
            result = self.statement(statement, merged(states))
            exits.absorb(result)
            states = result.next
        exits.next = states
        return exits

    def statement(self, node: ast.stmt, states: list[State]) -> Exits:
        handler = _STATEMENTS.get(type(node))
        if handler is not None:
            return handler(self, node, states)
        for state in states:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self.eval(child, state)
        return Exits(next=states)

    def expression(self, node: ast.Expr, states: list[State]) -> Exits:
        for state in states:
            before = state.open
            value = self.eval(node.value, state)
            for number in (state.open - before) & value.ids:
                self.lose_if_unheld(state, number, node.lineno)
        return Exits(next=states)

    def lose_if_unheld(self, state: State, number: int, line: int) -> None:
        """The value of a statement is thrown away: a handle that nothing else holds is lost."""
        held = number in state.stored or any(number in item.ids for item in state.env.values())
        if not held:
            self.leak(state, number, "dropped", line)
            state.discharge(frozenset((number,)))

    def assign(self, node: ast.Assign, states: list[State]) -> Exits:
        for state in states:
            if len(node.targets) == 1 and self.assign_pairs(node.targets[0], node.value, state):
                continue
            self.expect(node.targets[0], node.value)
            value = self.eval(node.value, state)
            for target in node.targets:
                self.store(target, value, state)
        return Exits(next=states)

    def expect(self, target: ast.expr, value: ast.expr) -> None:
        """Note the annotated type under which the result of a call will be stored."""
        if isinstance(value, ast.Await):
            value = value.value
        place = ref(target).removeprefix(f"{self.me}.")
        if not isinstance(value, ast.Call) or "." in place or not place:
            return
        if isinstance(target, ast.Attribute):
            if self.scope.cls is not None:
                annotation = self.linker.field_annotation(self.scope.cls, place)
                self._expected[id(value)] = annotation
        elif isinstance(target, ast.Name):
            annotation = self.scope.functions[-1].annotations.get(place, "")
            self._expected[id(value)] = annotation.rpartition(".")[2]

    def assign_pairs(self, target: ast.expr, value: ast.expr, state: State) -> bool:
        """`a, b = x, y` element by element."""
        if (
            isinstance(target, (ast.Tuple, ast.List))
            and isinstance(value, (ast.Tuple, ast.List))
            and len(target.elts) == len(value.elts)
            and not any(isinstance(item, ast.Starred) for item in [*target.elts, *value.elts])
        ):
            values = [self.eval(item, state) for item in value.elts]
            for left, right in zip(target.elts, values, strict=True):
                self.store(left, right, state)
            return True
        return False

    def ann_assign(self, node: ast.AnnAssign, states: list[State]) -> Exits:
        if node.value is not None:
            for state in states:
                self.expect(node.target, node.value)
                self.store(node.target, self.eval(node.value, state), state)
        return Exits(next=states)

    def aug_assign(self, node: ast.AugAssign, states: list[State]) -> Exits:
        for state in states:
            value = self.eval(node.value, state)
            if value.ids:
                current = self.eval(_loaded(node.target), state)
                self.store(node.target, current | value, state)
        return Exits(next=states)

    def store(self, target: ast.expr, value: Value, state: State) -> None:
        if isinstance(target, ast.Starred):
            target = target.value
        if isinstance(target, (ast.Tuple, ast.List)):
            for item in target.elts:
                self.store(item, value, state)
        elif isinstance(target, ast.Name):
            self.forget(target.id, state)
            if target.id in self._nonlocals:
                # Another function sees the variable; only its being released there counts.
                if target.id in self.outer_uses():
                    state.discharge(value.ids)
            state.env[target.id] = value
        elif isinstance(target, ast.Attribute):
            if isinstance(target.value, ast.Name) and target.value.id == self.me:
                place = f"self.{target.attr}"
                self.forget(place, state)
                self.unstore(place, state)
                self.keep(value.ids, frozenset((place,)), state)
                state.env[place] = value
            else:
                self.eval(target.value, state)
                state.discharge(value.ids)
        elif isinstance(target, ast.Subscript):
            container = self.eval(target.value, state)
            self.eval(target.slice, state)
            self.put(target.value, container, value, state)

    def put(self, node: ast.expr, container: Value, value: Value, state: State) -> None:
        """A value goes into a container: a field's, a local one, or a foreign one."""
        if not value.ids:
            return
        if container.homes:
            if all(self.is_borrowed(place) for place in container.homes):
                state.discharge(value.ids)
            else:
                self.keep(value.ids, container.homes, state)
        elif isinstance(node, ast.Name) and self.is_local_container(node.id, state):
            state.env[node.id] = state.env[node.id] | value
        else:
            state.discharge(value.ids)

    def is_borrowed(self, place: str) -> bool:
        """Whether a field's container belongs to another object, which answers for it."""
        cls = self.scope.cls
        return cls is not None and self.linker.is_borrowed(cls, place.removeprefix("self."))

    def is_local_container(self, name: str, state: State) -> bool:
        return name in state.env and name not in self._nonlocals and name != self.me

    def keep(self, ids: frozenset[int], places: frozenset[str], state: State) -> None:
        for number in ids:
            state.stored[number] = state.stored.get(number, frozenset()) | places

    def unstore(self, place: str, state: State) -> None:
        """A field is assigned anew: the handle that this path put there is there no more."""
        for number in state.env.get(place, UNKNOWN).ids:
            rest = state.stored.get(number, frozenset()) - {place}
            if rest:
                state.stored[number] = rest
            else:
                state.stored.pop(number, None)

    def forget(self, name: str, state: State) -> None:
        """Conditions that mention a name say nothing once it is assigned."""
        if state.facts:
            for key in [key for key in state.facts if name in key]:
                del state.facts[key]

    def outer_uses(self) -> frozenset[str]:
        """Names that another function around or beside this one releases or hands on."""
        own = self.scope.functions[-1]
        return frozenset(
            use.subject
            for part in everything(self.scope.functions[0])
            if part is not own
            for use in part.uses
        )

    def return_(self, node: ast.Return, states: list[State]) -> Exits:
        for state in states:
            if node.value is not None:
                value = self.eval(node.value, state)
                state.discharge(value.ids)
        return Exits(returns=[(state, node.lineno) for state in states])

    def raise_(self, node: ast.Raise, states: list[State]) -> Exits:
        for state in states:
            if node.exc is not None:
                self.eval(node.exc, state)
        return Exits(raises=states)

    def break_(self, node: ast.Break, states: list[State]) -> Exits:
        return Exits(breaks=states)

    def continue_(self, node: ast.Continue, states: list[State]) -> Exits:
        return Exits(continues=states)

    def delete(self, node: ast.Delete, states: list[State]) -> Exits:
        for state in states:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    state.env.pop(target.id, None)
                    self.forget(target.id, state)
        return Exits(next=states)

    def if_(self, node: ast.If, states: list[State]) -> Exits:
        yes, no = self.split(node.test, states)
        exits = self.block(node.body, yes)
        other = self.block(node.orelse, no)
        exits.next += other.next
        exits.absorb(other)
        return exits

    def while_(self, node: ast.While, states: list[State]) -> Exits:
        forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
        yes, no = self.split(node.test, states)
        inner = self.block(node.body, yes)
        around = merged(inner.next + inner.continues)
        exits = Exits(returns=inner.returns, raises=inner.raises)
        if forever:
            for state in around:
                self.leave_round(state, node)
            exits.next = inner.breaks
            return exits
        _, done = self.split(node.test, around)
        after = self.block(node.orelse, no + done)
        exits.absorb(after)
        exits.next = after.next + inner.breaks
        return exits

    def leave_round(self, state: State, node: ast.While) -> None:
        """A round of an endless loop ends: a local that nothing reads is a lost handle."""
        read = {
            item.id
            for item in ast.walk(self.node)
            if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Load)
        }
        for number in state.open - state.late:
            names = [name for name, value in state.env.items() if number in value.ids]
            if names and number not in state.stored and not read & set(names):
                self.leak(state, number, "path", node.end_lineno or node.lineno, names[0])

    def for_(self, node: ast.For | ast.AsyncFor, states: list[State]) -> Exits:
        exits = Exits()
        entering: list[State] = []
        skipping: list[State] = []
        for state in states:
            value = self.eval(node.iter, state)
            if not value.ids & state.open:
                skipping.append(state.copy())
            self.store(node.target, value, state)
            entering.append(state)
        inner = self.block(node.body, entering)
        exits.returns, exits.raises = inner.returns, inner.raises
        after = self.block(node.orelse, merged(skipping + inner.next + inner.continues))
        exits.absorb(after)
        exits.next = after.next + inner.breaks
        return exits

    def with_(self, node: ast.With | ast.AsyncWith, states: list[State]) -> Exits:
        for state in states:
            for item in node.items:
                value = self.eval(item.context_expr, state)
                state.discharge(value.ids)
                if item.optional_vars is not None:
                    self.store(item.optional_vars, UNKNOWN, state)
        return self.block(node.body, states)

    def try_(self, node: ast.Try, states: list[State]) -> Exits:
        exits = Exits()
        thrown = [state.copy() for state in states] if node.handlers else []
        body = Exits(next=states)
        for statement in node.body:
            if not body.next:
                break
            result = self.statement(statement, merged(body.next))
            body.absorb(result)
            body.next = result.next
            if node.handlers:
                thrown += [state.copy() for state in result.next]
        if node.handlers:
            thrown += body.raises
            body.raises = []
        normal = self.block(node.orelse, body.next)
        body.next = []
        exits.absorb(body)
        exits.next = normal.next
        exits.absorb(normal)
        for state in thrown:
            state.late |= state.open
        for handler in node.handlers:
            entering = [state.copy() for state in merged(thrown)]
            if handler.type is not None:
                for state in entering:
                    self.eval(handler.type, state)
            result = self.block(handler.body, entering)
            exits.next += result.next
            exits.absorb(result)
        return self.finally_(node.finalbody, exits) if node.finalbody else exits

    def finally_(self, body: list[ast.stmt], exits: Exits) -> Exits:
        """Run the final block on each way out."""
        out = Exits()

        def through(states: list[State]) -> list[State]:
            result = self.block(body, [state.copy() for state in states])
            out.absorb(result)
            return result.next

        out.next = through(exits.next)
        out.breaks += through(exits.breaks)
        out.continues += through(exits.continues)
        out.raises += through(exits.raises)
        for state, line in exits.returns:
            out.returns += [(after, line) for after in through([state])]
        return out

    def match(self, node: ast.Match, states: list[State]) -> Exits:
        exits = Exits()
        for state in states:
            self.eval(node.subject, state)
        rest = states
        for case in node.cases:
            entering = [state.copy() for state in rest]
            for state in entering:
                for item in ast.walk(case.pattern):
                    name = getattr(item, "name", None)
                    if isinstance(name, str):
                        state.env[name] = UNKNOWN
            if case.guard is not None:
                entering, _ = self.split(case.guard, entering)
            result = self.block(case.body, entering)
            exits.next += result.next
            exits.absorb(result)
        last = node.cases[-1]
        if not (
            isinstance(last.pattern, ast.MatchAs)
            and last.pattern.pattern is None
            and last.guard is None
        ):
            exits.next += rest
        return exits

    def function(self, node: FunctionNode, states: list[State]) -> Exits:
        for state in states:
            for decorator in node.decorator_list:
                # `@bus.subscribe(event)` hands the result to nobody; decorators keep for life.
                state.discharge(self.eval(decorator, state).ids)
            state.env[node.name] = UNKNOWN
        return Exits(next=states)

    def class_(self, node: ast.ClassDef, states: list[State]) -> Exits:
        return Exits(next=states)

    # --- conditions -------------------------------------------------------------------------

    def split(self, test: ast.expr, states: list[State]) -> tuple[list[State], list[State]]:
        """The states in which a test holds, and those in which it does not."""
        yes: list[State] = []
        no: list[State] = []
        for state in states:
            self.eval(test, state)
            # The test is evaluated once; both branches see its effects.
            other = state.copy()
            if self.assume(test, state, True):
                state.branches = (*state.branches, Branch(test.lineno, "is taken"))
                yes.append(state)
            if self.assume(test, other, False):
                other.branches = (*other.branches, Branch(test.lineno, "is not taken"))
                no.append(other)
        return yes, no

    def assume(self, test: ast.expr, state: State, truth: bool) -> bool:
        """Refine a state by the outcome of a test; False when that cannot be."""
        if isinstance(test, ast.Constant):
            return bool(test.value) is truth
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self.assume(test.operand, state, not truth)
        if isinstance(test, ast.NamedExpr):
            return self.assume(test.target, state, truth)
        if isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) is truth:
                return all(self.assume(item, state, truth) for item in test.values)
            return self.assume(test.values[0], state, truth) if len(test.values) == 1 else True
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            right = test.comparators[0]
            if isinstance(right, ast.Constant) and right.value is None:
                if isinstance(test.ops[0], (ast.Is, ast.Eq)):
                    return self.assume_none(test.left, state, truth)
                if isinstance(test.ops[0], (ast.IsNot, ast.NotEq)):
                    return self.assume_none(test.left, state, not truth)
        if isinstance(test, ast.Call):
            if isinstance(test.func, ast.Attribute) and test.func.attr in ("done", "cancelled"):
                if truth:
                    state.discharge(self.peek(test.func.value, state).ids)
            return True
        if isinstance(test, (ast.Name, ast.Attribute)):
            value = self.peek(test, state)
            if value.ids & state.open or value.none is False:
                return truth
            if value.none is True:
                return not truth
        key = _fact(test)
        if key:
            known = state.facts.get(key)
            if known is not None:
                return known is truth
            state.facts[key] = truth
        return True

    def assume_none(self, node: ast.expr, state: State, truth: bool) -> bool:
        value = self.peek(node, state)
        if value.ids & state.open or value.none is False:
            return not truth
        if value.none is True:
            return truth
        key = _fact(node)
        if key:
            key = f"{key} is None"
            known = state.facts.get(key)
            if known is not None:
                return known is truth
            state.facts[key] = truth
        return True

    def peek(self, node: ast.expr, state: State) -> Value:
        """The value of a name or field, without effects."""
        if isinstance(node, ast.NamedExpr):
            node = node.target
        if isinstance(node, ast.Name):
            return state.env.get(node.id, UNKNOWN)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == self.me:
                return state.env.get(f"self.{node.attr}", UNKNOWN)
        return UNKNOWN

    # --- expressions ------------------------------------------------------------------------

    def eval(self, node: ast.expr, state: State) -> Value:
        handler = _EXPRESSIONS.get(type(node))
        if handler is not None:
            return handler(self, node, state)
        value = Value()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found = self.eval(child, state)
                if found.ids:
                    value = Value(value.ids | found.ids)
        return value

    def name(self, node: ast.Name, state: State) -> Value:
        return state.env.get(node.id, UNKNOWN)

    def constant(self, node: ast.Constant, state: State) -> Value:
        return NONE if node.value is None else Value(none=False)

    def attribute(self, node: ast.Attribute, state: State) -> Value:
        if isinstance(node.value, ast.Name) and node.value.id == self.me:
            place = f"self.{node.attr}"
            known = state.env.get(place, UNKNOWN)
            return Value(known.ids, known.none, frozenset((place,)))
        value = self.eval(node.value, state)
        # `task.cancel` is the handle bound to its release; other attributes are not the handle.
        if node.attr in RELEASE_METHODS:
            return Value(value.ids, homes=value.homes)
        if node.attr in FILLERS or node.attr in ACCESSORS:
            return Value(value.ids, homes=value.homes)
        return Value(homes=value.homes)

    def subscript(self, node: ast.Subscript, state: State) -> Value:
        value = self.eval(node.value, state)
        self.eval(node.slice, state)
        return Value(value.ids, homes=value.homes)

    def await_(self, node: ast.Await, state: State) -> Value:
        value = self.eval(node.value, state)
        tasks = frozenset(
            number for number in value.ids if self.obligations[number].acquire.kind == "task"
        )
        state.discharge(tasks)
        return Value(value.ids - tasks, value.none)

    def yield_(self, node: ast.Yield | ast.YieldFrom, state: State) -> Value:
        if node.value is not None:
            state.discharge(self.eval(node.value, state).ids)
        return UNKNOWN

    def named(self, node: ast.NamedExpr, state: State) -> Value:
        value = self.eval(node.value, state)
        self.store(node.target, value, state)
        return value

    def collection(self, node: ast.List | ast.Tuple | ast.Set, state: State) -> Value:
        value = Value()
        for item in node.elts:
            value = value | self.eval(item, state)
        return Value(value.ids)

    def dictionary(self, node: ast.Dict, state: State) -> Value:
        ids: frozenset[int] = frozenset()
        for item in [*node.keys, *node.values]:
            if item is not None:
                ids |= self.eval(item, state).ids
        return Value(ids)

    def comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State
    ) -> Value:
        for generator in node.generators:
            value = self.eval(generator.iter, state)
            self.store(generator.target, value, state)
            for test in generator.ifs:
                self.eval(test, state)
        if isinstance(node, ast.DictComp):
            self.eval(node.key, state)
            return Value(self.eval(node.value, state).ids)
        return Value(self.eval(node.elt, state).ids)

    def choice(self, node: ast.IfExp, state: State) -> Value:
        self.eval(node.test, state)
        return self.eval(node.body, state) | self.eval(node.orelse, state)

    def boolean(self, node: ast.BoolOp, state: State) -> Value:
        value = self.eval(node.values[0], state)
        for item in node.values[1:]:
            value = value | self.eval(item, state)
        return value

    def lambda_(self, node: ast.Lambda, state: State) -> Value:
        own = {item.arg for item in node.args.args}
        ids: frozenset[int] = frozenset()
        for item in ast.walk(node.body):
            if isinstance(item, ast.Name) and item.id not in own:
                ids |= state.env.get(item.id, UNKNOWN).ids
            elif isinstance(item, ast.Attribute):
                ids |= self.peek(item, state).ids
        return Value(ids)

    # --- calls ------------------------------------------------------------------------------

    def call(self, node: ast.Call, state: State) -> Value:
        function = node.func
        if isinstance(function, ast.Attribute):
            receiver = self.eval(function.value, state)
        else:
            receiver = UNKNOWN
        arguments = [(str(index), item) for index, item in enumerate(node.args)]
        arguments += [(item.arg or "**", item.value) for item in node.keywords]
        values = [(slot, self.eval(item, state)) for slot, item in arguments]

        if isinstance(function, ast.Attribute):
            handled = self.method_call(node, function, receiver, values, state)
            if handled is not None:
                return handled
        else:
            called = self.eval(function, state)
            if called.ids:
                state.discharge(called.ids)
                return UNKNOWN
            filled = self.filler_alias(function, called, values, state)
            if filled is not None:
                return filled
        return self.contract_call(node, values, state)

    def method_call(
        self,
        node: ast.Call,
        function: ast.Attribute,
        receiver: Value,
        values: list[tuple[str, Value]],
        state: State,
    ) -> Value | None:
        """A method of a handle or of a container; None when it is neither."""
        name = function.attr
        passed = _all(values)
        if name in FILLERS and passed.ids and not self.callee(ref(function)).registers:
            self.put(function.value, receiver, passed, state)
            return UNKNOWN
        if name in ACCESSORS and (receiver.ids or receiver.homes):
            return Value(receiver.ids, homes=receiver.homes)
        if receiver.ids and not receiver.homes - set(state.env):
            if name == "start":
                return Value(receiver.ids)
            if name not in NEUTRAL_METHODS and name not in ("remove", "discard", "clear"):
                state.discharge(receiver.ids)
            state.discharge(passed.ids)
            return UNKNOWN
        return None

    def filler_alias(
        self, function: ast.expr, called: Value, values: list[tuple[str, Value]], state: State
    ) -> Value | None:
        """`append = self._unsubs.append; append(handle)`."""
        passed = _all(values)
        if called.homes and passed.ids and isinstance(function, ast.Name):
            self.keep(passed.ids, called.homes, state)
            return UNKNOWN
        return None

    def callee(self, reference: str) -> Callee:
        found = self._callees.get(reference)
        if found is None:
            found = self._callees[reference] = self.linker.callee(reference, self.scope)
        return found

    def contract_call(
        self, node: ast.Call, values: list[tuple[str, Value]], state: State
    ) -> Value:
        reference = ref(node.func)
        callee = self.callee(reference)
        if callee.acquire is None and callee.function is None:
            acquire = handle_by_names(reference, self._expected.get(id(node), ""))
            if acquire is not None:
                callee = replace(callee, acquire=acquire, confidence="annotation")
        last = reference.rpartition(".")[2]
        if last == "partial" or (
            callee.function is None and callee.acquire is None and last in _COPIES
        ):
            return Value(_all(values).ids)
        if callee.registers or callee.releases:
            state.discharge(_all(values).ids)
            return UNKNOWN
        flowing: frozenset[int] = frozenset()
        for slot, value in values:
            if not value.ids:
                continue
            if callee.function is not None:
                fate, place = self.ownership.argument_fate(callee.function, slot)
                receiver = callee.function.receiver
                if fate == "returned":
                    flowing |= value.ids
                elif fate == "stored" and receiver is not None and receiver is self.scope.cls:
                    self.keep(value.ids, frozenset((f"self.{place}",)), state)
                elif fate != "kept":
                    state.discharge(value.ids)
            elif not is_inert(reference):
                state.discharge(value.ids)
        if (
            callee.acquire is not None
            and not callee.acquire.owned
            and not self.is_harmless(node, callee.acquire)
        ):
            return Value(frozenset((self.open(node, callee, state),)), none=False)
        return Value(flowing)

    def is_harmless(self, node: ast.Call, acquire: Acquire) -> bool:
        """A subscription to oneself ends with oneself; one that calls nothing keeps nothing."""
        function = node.func
        if acquire.kind == "subscription" and any(
            isinstance(item, ast.Lambda) and isinstance(item.body, ast.Constant)
            for item in node.args
        ):
            return True
        return (
            acquire.kind == "subscription"
            and isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == self.me != ""
            and not self.strict
        )

    def open(self, node: ast.Call, callee: Callee, state: State) -> int:
        """A new obligation at this call; its number is that of the call, so loops do not grow."""
        assert callee.acquire is not None
        number = id(node)
        if number not in self.obligations:
            worker = self.worker(node)
            kind = callee.acquire.kind
            if kind == "task" and worker is not None and worker.summary.sleeps_in_loop:
                kind = "interval"
            self.obligations[number] = Obligation(
                node, callee.acquire, kind, callee.confidence, ref(node.func), worker
            )
        state.open |= {number}
        state.late -= {number}
        return number

    def worker(self, node: ast.Call) -> Function | None:
        """The function that a task or thread runs, when it is one of the project."""
        candidates: Iterable[ast.expr] = [*node.args, *(item.value for item in node.keywords)]
        for item in candidates:
            if isinstance(item, ast.Call):
                item = item.func
            if isinstance(item, (ast.Name, ast.Attribute)):
                symbol = self.linker.resolve(ref(item), self.scope)
                if isinstance(symbol, Function):
                    return symbol
        return None


_COPIES = frozenset("list tuple set frozenset dict reversed sorted iter cast".split())


def captured(summary: FunctionSummary) -> frozenset[str]:
    """Names that functions nested in this one release, hand on or return."""
    return frozenset(
        use.subject
        for inner in summary.nested.values()
        for part in everything(inner)
        for use in part.uses
        if use.subject not in part.params and use.verb != "method"
    )


def _all(values: list[tuple[str, Value]]) -> Value:
    return Value(frozenset().union(*(value.ids for _, value in values)))


def _loaded(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Name):
        return ast.copy_location(ast.Name(node.id, ast.Load()), node)
    if isinstance(node, ast.Attribute):
        return ast.copy_location(ast.Attribute(node.value, node.attr, ast.Load()), node)
    return node


def _fact(test: ast.expr) -> str:
    """A key for a condition that stays true until one of its names is assigned."""
    if isinstance(test, (ast.Name, ast.Attribute)):
        found = ref(test)
        return "" if "()" in found else found
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = _fact(test.left), test.comparators[0]
        value = repr(right.value) if isinstance(right, ast.Constant) else _fact(right)
        return f"{left} {type(test.ops[0]).__name__} {value}" if left and value else ""
    return ""


_Statement = Callable[[FunctionFlow, ast.stmt, list[State]], Exits]
_STATEMENTS: dict[type[ast.stmt], _Statement] = {  # type: ignore[dict-item]
    ast.Expr: FunctionFlow.expression,
    ast.Assign: FunctionFlow.assign,
    ast.AnnAssign: FunctionFlow.ann_assign,
    ast.AugAssign: FunctionFlow.aug_assign,
    ast.Return: FunctionFlow.return_,
    ast.Raise: FunctionFlow.raise_,
    ast.Break: FunctionFlow.break_,
    ast.Continue: FunctionFlow.continue_,
    ast.Delete: FunctionFlow.delete,
    ast.If: FunctionFlow.if_,
    ast.While: FunctionFlow.while_,
    ast.For: FunctionFlow.for_,
    ast.AsyncFor: FunctionFlow.for_,
    ast.With: FunctionFlow.with_,
    ast.AsyncWith: FunctionFlow.with_,
    ast.Try: FunctionFlow.try_,
    ast.TryStar: FunctionFlow.try_,
    ast.Match: FunctionFlow.match,
    ast.FunctionDef: FunctionFlow.function,
    ast.AsyncFunctionDef: FunctionFlow.function,
    ast.ClassDef: FunctionFlow.class_,
}
_Expression = Callable[[FunctionFlow, ast.expr, State], Value]
_EXPRESSIONS: dict[type[ast.expr], _Expression] = {  # type: ignore[dict-item]
    ast.Name: FunctionFlow.name,
    ast.Constant: FunctionFlow.constant,
    ast.Attribute: FunctionFlow.attribute,
    ast.Subscript: FunctionFlow.subscript,
    ast.Await: FunctionFlow.await_,
    ast.Yield: FunctionFlow.yield_,
    ast.YieldFrom: FunctionFlow.yield_,
    ast.NamedExpr: FunctionFlow.named,
    ast.List: FunctionFlow.collection,
    ast.Tuple: FunctionFlow.collection,
    ast.Set: FunctionFlow.collection,
    ast.Dict: FunctionFlow.dictionary,
    ast.ListComp: FunctionFlow.comprehension,
    ast.SetComp: FunctionFlow.comprehension,
    ast.GeneratorExp: FunctionFlow.comprehension,
    ast.DictComp: FunctionFlow.comprehension,
    ast.IfExp: FunctionFlow.choice,
    ast.BoolOp: FunctionFlow.boolean,
    ast.Lambda: FunctionFlow.lambda_,
    ast.Call: FunctionFlow.call,
}
