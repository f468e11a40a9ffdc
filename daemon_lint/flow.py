"""Obligations along every path of one function.

An abstract interpreter over the tree: a `State` is one set of paths, with what each local may
hold and which obligations are still open. Branches split states, joins merge them when there are
too many. Exceptions reach handlers; what is lost only there is left to a later rule (DMN105).
The approximations are listed in docs/architecture.md.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import TypeGuard

from daemon_lint.linking import Linker
from daemon_lint.ownership import Ownership
from daemon_lint.places import Infer
from daemon_lint.rearming import Rearmed
from daemon_lint.refs import FunctionNode, is_inert, iterated, ref
from daemon_lint.statements import Statements
from daemon_lint.states import (
    OLDER,
    REARMED,
    THROWN,
    UNKNOWN,
    Branch,
    Choices,
    Exits,
    Leak,
    Obligation,
    State,
    Value,
    merged,
)
from daemon_lint.symbols import Class, Scope


class TooManyPaths(Exception):
    """A function takes more work than its findings could be worth."""


class FunctionFlow(Statements):
    """Runs one function and collects its leaks."""

    def __init__(
        self,
        node: FunctionNode,
        scope: Scope,
        linker: Linker,
        ownership: Ownership,
        strict: bool,
        may_repeat: Callable[[Class, str, Obligation], bool],
        may_rearm: Callable[[Class, str, Obligation], bool],
        follow_exceptions: bool = False,
        infer: Infer | None = None,
    ) -> None:
        """`may_repeat(cls, place, …)`: the function may run again while the field holds a handle.

        `may_rearm(cls, place, …)`: it does if it gives that handle back on some path itself.
        `follow_exceptions`: find also what is lost only if a statement raises.
        """
        super().__init__(node, scope, linker, ownership, strict, infer)
        self.may_repeat = may_repeat
        self.may_rearm = may_rearm
        self._follow_exceptions = follow_exceptions
        self._raising = False
        """Whether any call may raise: in a run of its own, after the paths without exceptions."""
        self._rounds = 0
        self._steps = 0

    def run(self) -> list[Leak]:
        """Interpret the body; the leaks, one for each acquire call at most.

        Raises TooManyPaths when that would take seconds.
        """
        self.interpret([State()])
        cls = self.scope.cls
        if cls is not None and len(self.scope.functions) == 1:
            repeated = [
                place
                for place in self.armings
                if self.may_repeat(cls, place, self.obligations[self.armed[place]])
            ]
            others = [place for place in self.armings if place not in repeated]
            for place in repeated:
                self.run_again(place, -self.armed[place])
            for place in others:
                if self.may_rearm(cls, place, self.obligations[self.armed[place]]):
                    self.rearm(place)
        if self._follow_exceptions and self.obligations:
            self.run_with_exceptions()
        again = [leak for (number, _), leak in self.overwritten.items() if not self.is_lost(number)]
        return [*self.leaks.values(), *again]

    def run_with_exceptions(self) -> None:
        """Interpret the body once more; any call may raise, and only what that loses counts."""
        leaks, overwritten = dict(self.leaks), dict(self.overwritten)
        self._raising = True
        raises = self.block(self.node.body, [State()]).raises
        self._raising = False
        self.leaks, self.overwritten = leaks, overwritten
        lost = {*self.leaks, *(number % OLDER for number, _ in self.overwritten)}
        for state in raises:
            for number in state.open:
                known = self.obligations[number]
                if number > 0 and number % OLDER not in lost and known.paired is None:
                    self.leave_by_exception(state, number)

    def escape(self, node: ast.stmt, states: list[State], result: Exits) -> list[State]:
        """The states in which a statement's own expressions raise before they have done their work.

        `states` are copies from before the statement; what it discharges or keeps is not lost.
        """
        after = [*result.next, *result.breaks, *result.continues]
        after += [state for state, _ in result.returns]
        still = frozenset[int]().union(
            *(state.open - state.stored.keys() for state in after), *(s.open for s in result.raises)
        )
        escaped = []
        for state in states:
            state.open &= still
            if state.open:
                state.branches = (*state.branches, Branch(node.lineno, "raises an exception"))
                escaped.append(state)
        return escaped

    def run_again(self, place: str, number: int) -> None:
        """Interpret the body once more, beginning with a field that holds what a run acquired.

        `number` is that of the handle.
        """
        self.obligations[number] = self.obligations[self.armed[place]]
        held = Value(frozenset((number,)))
        self.interpret(
            [State({place: held}, held.ids, flags=dict(flags)) for flags in self.armings[place]]
        )

    def rearm(self, place: str) -> None:
        """Find the paths that overwrite what others to the same assignment give back before."""
        leaks, overwritten = self.leaks, self.overwritten
        self.leaks, self.overwritten = {}, {}
        self.rearmed = Rearmed(place, self.armed[place] + REARMED)
        self.run_again(place, self.rearmed.number)
        for leak in self.rearmed.leaks(self.node, self.scope.functions[0]):
            overwritten.setdefault((-self.armed[place], leak.line), leak)
        self.rearmed = None
        self.leaks, self.overwritten = leaks, overwritten

    def interpret(self, states: list[State]) -> None:
        """Interpret the body from some states and look at every way out."""
        exits = self.block(self.node.body, states)
        last = self.node.end_lineno or self.node.lineno
        for state in exits.next:
            self.leave(state, last)
        for state, line in exits.returns:
            self.leave(state, line)

    def block(self, body: list[ast.stmt], states: list[State]) -> Exits:
        exits = Exits()
        for statement in body:
            if not states:
                break
            result = self.step(statement, merged(states))
            exits.absorb(result)
            states = result.next
        exits.next = states
        return exits

    def step(self, node: ast.stmt, states: list[State]) -> Exits:
        """One statement, and the exceptions it may raise if those are followed."""
        self._steps += len(states)
        if self._steps > _STEPS:
            raise TooManyPaths
        if not self._raising or not _may_raise(node):
            return self.statement(node, states)
        before = [state.copy() for state in states if state.open]
        result = self.statement(node, states)
        result.raises += self.escape(node, before, result)
        return result

    def statement(self, node: ast.stmt, states: list[State]) -> Exits:
        if isinstance(node, _SIMPLE) and self.has_choice(node):
            return self.fork(node, states)
        return self.execute(node, states)

    def fork(self, node: ast.stmt, states: list[State]) -> Exits:
        """A statement with conditional expressions: each way through them is a path of its own."""
        exits = Exits()
        for state in states:
            waiting: list[tuple[bool, ...]] = [()]
            for _ in range(_WAYS):
                if not waiting:
                    break
                self.choices = Choices(waiting.pop())
                result = self.execute(node, [state.copy()])
                waiting += self.choices.untried
                exits.next += result.next
                exits.absorb(result)
            self.choices = None
            if waiting:  # too many ways: all at once, as if each branch were taken
                result = self.execute(node, [state])
                exits.next += result.next
                exits.absorb(result)
        return exits

    def execute(self, node: ast.stmt, states: list[State]) -> Exits:
        handler = getattr(self, f"exec_{type(node).__name__}", None)
        if handler is not None:
            result: Exits = handler(node, states)
            return result
        for state in states:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self.eval(child, state)
        return Exits(next=states)

    def exec_Return(self, node: ast.Return, states: list[State]) -> Exits:
        for state in states:
            if node.value is not None:
                value = self.eval(node.value, state)
                state.discharge(value.ids)
        return Exits(returns=[(state, node.lineno) for state in states])

    def exec_Raise(self, node: ast.Raise, states: list[State]) -> Exits:
        for state in states:
            if self._raising:
                state.branches = (*state.branches, Branch(node.lineno, "raises an exception"))
            if node.exc is not None:
                self.eval(node.exc, state)
        return Exits(raises=states)

    def exec_Assert(self, node: ast.Assert, states: list[State]) -> Exits:
        return Exits(next=self.outcomes(node.test, states)[0])

    def exec_Break(self, node: ast.Break, states: list[State]) -> Exits:
        return Exits(breaks=states)

    def exec_Continue(self, node: ast.Continue, states: list[State]) -> Exits:
        return Exits(continues=states)

    def exec_If(self, node: ast.If, states: list[State]) -> Exits:
        yes, no = self.split(node.test, states)
        exits = self.block(node.body, yes)
        other = self.block(node.orelse, no)
        exits.next += other.next
        exits.absorb(other)
        return exits

    def exec_While(self, node: ast.While, states: list[State]) -> Exits:
        forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
        yes, no = self.split(node.test, states)
        inner = self.rounds(node.body, yes, lambda again: self.split(node.test, again)[0])
        around = merged(inner.next + inner.continues)
        for place in {self.place(item) for item in ast.walk(node.test) if _is_field(item)} - {""}:
            for state in around:
                self.forget(place, state)  # who else writes it may have ended the loop
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

    def rounds(
        self,
        body: list[ast.stmt],
        states: list[State],
        again: Callable[[list[State]], list[State]],
    ) -> Exits:
        """A loop's body, again where a handle of one round may meet the next.

        `again` enters another round; there is one as long as the round before it left a handle
        where none was, or something else where None was, up to a limit.
        """
        nones = {name for state in states for name, value in state.env.items() if value.none}
        known = _held(states, nones)
        inner = self.block(body, states)
        around = merged(inner.next + inner.continues)
        for _ in range(_ROUNDS if self._rounds < _DEEP_LOOPS else 0):
            held = _held(around, nones)
            if held <= known:
                break
            known |= held
            self._rounds += 1
            more = self.block(body, again([self.aged(state) for state in around]))
            self._rounds -= 1
            inner.next += more.next
            inner.absorb(more)
            around = merged(more.next + more.continues)
        return inner

    def aged(self, state: State) -> State:
        """The state in which a loop goes round again: its handles are those of a round before."""
        state = state.copy()
        for number in [number for number in state.open if 0 < number < OLDER]:
            self.age(number, state)
        return state

    def exec_For(self, node: ast.For | ast.AsyncFor, states: list[State]) -> Exits:
        exits = Exits()
        entering: list[State] = []
        skipping: list[State] = []
        items = iterated(node.iter)
        for state in states:
            value = self.eval(node.iter, state)
            other = state.copy()
            # Empty or not, it is the same wherever it is asked again.
            if not value.ids & state.open and self.assume(items, other, False):
                skipping.append(other)
            if self.assume(items, state, True):
                self.store(node.target, value, state)
                entering.append(state)

        def again(states: list[State]) -> list[State]:
            for state in states:
                self.store(node.target, self.eval(node.iter, state), state)
            return states

        inner = self.rounds(node.body, entering, again)
        exits.returns, exits.raises = inner.returns, inner.raises
        after = self.block(node.orelse, merged(skipping + inner.next + inner.continues))
        exits.absorb(after)
        exits.next = after.next + inner.breaks
        return exits

    exec_AsyncFor = exec_For

    def exec_With(self, node: ast.With | ast.AsyncWith, states: list[State]) -> Exits:
        for state in states:
            for item in node.items:
                value = self.eval(item.context_expr, state)
                state.discharge(value.ids)
                if item.optional_vars is not None:
                    self.store(item.optional_vars, UNKNOWN, state)
        exits = self.block(node.body, states)
        if any("suppress" in ref(item.context_expr) for item in node.items):
            exits.next, exits.raises = [*exits.next, *exits.raises], []
        return exits

    exec_AsyncWith = exec_With

    def exec_Try(self, node: ast.Try, states: list[State]) -> Exits:
        exits = Exits()
        thrown = [state.copy() for state in states] if node.handlers else []
        if self._raising:
            thrown = []  # every exception has a path of its own
        body = Exits(next=states)
        for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
            if not body.next:
                break
            result = self.step(statement, merged(body.next))
            body.absorb(result)
            body.next = result.next
            # Nothing is raised behind the last statement; inside of one with a body it may be.
            is_last = following is None or _cannot_raise(following)
            is_over = is_last and isinstance(statement, _WHOLE)
            if node.handlers and not self._raising and not is_over:
                thrown += [state.copy() for state in result.next]
        raised = body.raises
        if any(map(_catches_all, node.handlers)) or (node.handlers and not self._raising):
            body.raises = []
        normal = self.block(node.orelse, body.next)
        body.next = []
        exits.absorb(body)
        exits.next = normal.next
        exits.absorb(normal)
        for state in thrown:
            # What only an unforeseen exception loses is another rule's.
            state.discharge(state.open)
            if self.rearmed is not None:
                state.flags[THROWN] = True
        for handler in node.handlers:
            # What an explicit `raise` loses is lost on a path like any other.
            entering = [state.copy() for state in merged([*thrown, *raised])]
            if handler.type is not None:
                for state in entering:
                    self.eval(handler.type, state)
            result = self.block(handler.body, entering)
            exits.next += result.next
            exits.absorb(result)
        return self.finally_(node.finalbody, exits) if node.finalbody else exits

    exec_TryStar = exec_Try

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

    def exec_Match(self, node: ast.Match, states: list[State]) -> Exits:
        exits = Exits()
        for state in states:
            self.eval(node.subject, state)
        subject = node.subject.target if isinstance(node.subject, ast.NamedExpr) else node.subject
        for case in node.cases:
            entering, states = self.matches(case.pattern, subject, states)
            for state in entering:
                state.branches = (*state.branches, Branch(case.pattern.lineno, "is taken"))
            if case.guard is not None:
                entering, refused = self.split(case.guard, entering)
                states = merged(states + refused)
            result = self.block(case.body, entering)
            exits.next += result.next
            exits.absorb(result)
        exits.next += states
        return exits


_WHOLE = (ast.Try, ast.TryStar, ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)
_DEEP_LOOPS = 2
_ROUNDS = 3
_STEPS = 12_000
"""Statements times states: about a second of work."""
_WAYS = 32
_SIMPLE = (
    ast.Expr,
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.Return,
    ast.Raise,
    ast.Delete,
)


def _is_field(node: ast.AST) -> TypeGuard[ast.expr]:
    return isinstance(node, ast.Attribute)


def _held(states: Iterable[State], nones: set[str]) -> frozenset[tuple[str, int]]:
    """Which open handles states have, and which names hold them.

    Beside open handles, names of `nones` that hold something count too: they lead the next round
    along other branches.
    """
    held: set[tuple[str, int]] = set()
    for state in states:
        if state.open:
            held.update(("", number) for number in state.open)
            for name, value in state.env.items():
                held.update((name, number) for number in value.ids & state.open)
        held.update((name, 0) for name in nones if not state.env.get(name, UNKNOWN).none)
    return frozenset(held)


def _cannot_raise(node: ast.stmt) -> bool:
    """Whether nothing can go wrong in a statement: `return`, `break`."""
    if isinstance(node, ast.Return):
        return node.value is None or isinstance(node.value, (ast.Constant, ast.Name))
    return isinstance(node, (ast.Pass, ast.Break, ast.Continue))


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or ref(kind).rpartition(".")[2] in ("Exception", "BaseException")
        for kind in kinds
    )


def _may_raise(node: ast.stmt) -> bool:
    """Whether a statement's own expressions call or await something that is no mere look."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Raise)):
        return False
    own = [
        inner
        for part in ast.iter_child_nodes(node)
        if not isinstance(part, (ast.stmt, ast.ExceptHandler, ast.match_case))
        for inner in ast.walk(part)
    ]
    calls = [ref(inner.func) for inner in own if isinstance(inner, ast.Call)]
    awaits = any(isinstance(inner, ast.Await) for inner in own)
    return awaits or not all(map(is_inert, calls))
