"""Obligations along every path of one function.

An abstract interpreter over the tree: a `State` is one set of paths, with what each local may
hold and which obligations are still open. Branches split states, joins merge them when there are
too many. Exceptions reach handlers; what is lost only there is left to a later rule (DMN105).
The approximations are listed in docs/architecture.md.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from daemon_lint.evaluate import Evaluator, Infer
from daemon_lint.linking import Linker
from daemon_lint.names import Class, Scope
from daemon_lint.ownership import Ownership, everything
from daemon_lint.pairs import LAMBDA
from daemon_lint.refs import FunctionNode, is_inert, ref
from daemon_lint.states import (
    OLDER,
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
from daemon_lint.summary import FunctionSummary


class TooManyPaths(Exception):
    """A function takes more work than its findings could be worth."""


class FunctionFlow(Evaluator):
    """Runs one function and collects its leaks."""

    def __init__(
        self,
        node: FunctionNode,
        scope: Scope,
        linker: Linker,
        ownership: Ownership,
        strict: bool,
        may_repeat: Callable[[Class, str], bool],
        follow_exceptions: bool = False,
        infer: Infer | None = None,
    ) -> None:
        """`may_repeat(cls, place)`: the function may run again while the field holds a handle.

        `follow_exceptions`: find also what is lost only if a statement raises.
        """
        super().__init__(node, scope, linker, ownership, strict, infer)
        self.leaks: dict[int, Leak] = {}
        self.overwritten: dict[tuple[int, int], Leak] = {}
        self.may_repeat = may_repeat
        self.armings: dict[str, list[dict[str, bool]]] = {}
        """For each field left with a handle, the flags beside it when the function ended."""
        self._follow_exceptions = follow_exceptions
        self._raising = False
        """Whether any call may raise: in a run of its own, after the paths without exceptions."""
        self._rounds = 0
        self._steps = 0
        self._captured = captured(scope.functions[-1])

    def run(self) -> list[Leak]:
        """Interpret the body; the leaks, one for each acquire call at most.

        Raises TooManyPaths when that would take seconds.
        """
        self.interpret([State()])
        cls = self.scope.cls
        if cls is not None and len(self.scope.functions) == 1:
            repeated = [place for place in self.armings if self.may_repeat(cls, place)]
            for place in repeated:
                self.interpret([self.second_run(place, flags) for flags in self.armings[place]])
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

    def leave_by_exception(self, state: State, number: int) -> None:
        """An exception leaves the function: a handle that only a local holds is lost."""
        places = state.stored.get(number, frozenset())
        names = [name for name, value in state.env.items() if number in value.ids]
        if any(name in self._captured for name in names):
            return
        if any(place.startswith("self.") for place in (*places, *names)):
            return  # the owner has it, and is asked about it elsewhere
        line = state.branches[-1].line if state.branches else self.node.lineno
        held = min(names, default="")
        self.leak(state, number, "exception", line, held)

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

    def second_run(self, place: str, flags: dict[str, bool]) -> State:
        """The state in which a method begins when a field holds what an earlier run acquired."""
        number = self.armed[place]
        earlier = -number
        self.obligations[earlier] = self.obligations[number]
        return State(
            {place: Value(frozenset((earlier,)))}, frozenset((earlier,)), flags=dict(flags)
        )

    def interpret(self, states: list[State]) -> None:
        """Interpret the body from some states and look at every way out."""
        exits = self.block(self.node.body, states)
        last = self.node.end_lineno or self.node.lineno
        for state in exits.next:
            self.leave(state, last)
        for state, line in exits.returns:
            self.leave(state, line)

    def leave(self, state: State, line: int) -> None:
        """A path ends: what is open and not safely kept is lost."""
        for place in self.armed:
            if state.env.get(place, UNKNOWN).ids & state.open:
                # A field given a value that nobody knows is most likely true when tested again.
                flags = dict.fromkeys(state.given - {place}, True)
                flags |= {key: flag for key, flag in state.flags.items() if key[:5] == "self."}
                known = self.armings.setdefault(place, [])
                if flags not in known:
                    known.append(flags)
        for number in state.open:
            if self.is_lost(number) or number < 0:
                continue
            if self.obligations[number].paired is not None:
                self.leave_pair(state, number, line)
                continue
            places = state.stored.get(number, frozenset())
            names = [name for name, value in state.env.items() if number in value.ids]
            if any(name in self._captured for name in names):
                continue
            if places:
                if not any(self.is_kept(place) for place in places):
                    self.leak(state, number, "field", line, min(places))
                elif self.strict:
                    self.leak(state, number, "hand", line, min(places))
                continue
            held = [name for name in names if not name.startswith("self.")]
            if held and self.obligations[number].acquire.once:
                continue  # it removes itself when it fires, which this path may have waited for
            self.leak(state, number, "path" if held else "dropped", line, held[0] if held else "")

    def leave_pair(self, state: State, number: int, line: int) -> None:
        """A path ends with a paired acquire: it is lost unless an end of life may undo it."""
        obligation, cls = self.obligations[number], self.scope.cls
        own = [
            undo
            for part in everything(self.scope.functions[0])
            for undo in part.undos
            if part is not self.scope.functions[-1] or not undo.called
        ]
        if any(map(obligation.is_undone_by, own)) or self.ends_otherwise(obligation):
            return
        if cls is not None:
            end = self.ownership.end_of_life(cls)
            if any(map(obligation.is_undone_by, end.undos)):
                if self.strict:
                    self.leak(state, number, "hand", line)
                return
        self.leak(state, number, "pair", line)

    def ends_otherwise(self, obligation: Obligation) -> bool:
        """What was registered is an object with an end of its own, or the caller's function."""
        assert obligation.paired is not None
        given = [text for _, text in obligation.paired.args]
        names = {text.removeprefix("name:") for text in given if text.startswith("name:")}
        functions = self.scope.functions
        params = {name for part in functions for name in part.params if name != self.me}
        if names & params and not any(
            text == LAMBDA or text.startswith(("self.", "*.")) for text in given
        ):
            return True
        return any(
            use.subject in names and use.verb in ("release", "return", "store")
            for part in everything(functions[0])
            for use in part.uses
        )

    def lose_overwritten(
        self, number: int, place: str, value: Value, target: ast.expr, state: State
    ) -> None:
        obligation = self.obligations[number]
        if place in self._captured or obligation.acquire.once:
            return
        if number < 0 and not value.ids:
            return  # cleared without a release: it may have fired by now
        if number < 0 and not state.facts.keys().isdisjoint(self.scope.functions[-1].params):
            return  # only the caller knows whether this branch is taken twice
        after = tuple(item for item in state.branches if item.line >= obligation.node.lineno)
        self.overwritten.setdefault(
            (number % OLDER if number > 0 else number, target.lineno),
            Leak(obligation, "overwritten", target.lineno, after, place, target),
        )

    def is_kept(self, place: str) -> bool:
        """Whether a handle stored in a field is released at the end of its owner."""
        cls = self.scope.cls
        if cls is None or not place.startswith("self."):
            return True
        outer = self.scope.functions[:-1]
        if any(use.subject == place and use.verb == "release" for f in outer for use in f.uses):
            return True  # the function around this one ends what this one began
        return self.ownership.releases_field(cls, place.removeprefix("self."))

    def is_lost(self, number: int) -> bool:
        """Whether a path was seen that loses a handle: worse than one that keeps it by hand."""
        known = self.leaks.get(number % OLDER)
        return known is not None and known.reason not in ("hand", "exception")

    def leak(self, state: State, number: int, reason: str, line: int, place: str = "") -> None:
        if self.is_lost(number) or (reason == "hand" and number % OLDER in self.leaks):
            return
        number %= OLDER
        obligation = self.obligations[number]
        cls, worker = self.scope.cls, obligation.worker
        if cls is not None:
            if (
                worker is not None
                and (reason == "field" or worker.summary.loops)
                and self.ownership.ends_by_flag(cls, worker)
            ):
                return
            if any(self.ownership.ends_by_condition(cls, item) for item in obligation.others):
                return
        after = tuple(item for item in state.branches if item.line >= obligation.node.lineno)
        self.leaks[number] = Leak(obligation, reason, line, after, place)

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

    def exec_Expr(self, node: ast.Expr, states: list[State]) -> Exits:
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

    def exec_Assign(self, node: ast.Assign, states: list[State]) -> Exits:
        for state in states:
            if len(node.targets) == 1 and self.assign_pairs(node.targets[0], node.value, state):
                continue
            self.expect(node.targets[0], node.value)
            value = self.eval(node.value, state)
            for target in node.targets:
                self.store(target, value, state)
                self.note_flag(target, node.value, state)
        return Exits(next=states)

    def note_flag(self, target: ast.expr, value: ast.expr, state: State) -> None:
        """A name or field that is given a constant tells later tests what it is."""
        if not (place := self.place(target)):
            return
        if isinstance(value, ast.Constant):
            state.flags[place] = bool(value.value)
            state.given -= {place}
        elif place.startswith("self."):
            state.given |= {place}

    def place(self, node: ast.expr) -> str:
        """A local's name, `self.field`, or an empty string."""
        node = self.plain(node)
        if isinstance(node, ast.Name):
            return node.id
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == self.me
        ):
            return f"self.{node.attr}"
        return ""

    def assign_pairs(self, target: ast.expr, value: ast.expr, state: State) -> bool:
        """`a, b = x, y` element by element."""
        if (
            isinstance(target, (ast.Tuple, ast.List))
            and isinstance(value, (ast.Tuple, ast.List))
            and len(target.elts) == len(value.elts)
            and not any(isinstance(item, ast.Starred) for item in [*target.elts, *value.elts])
        ):
            values = [self.eval(item, state) for item in value.elts]
            state.env[""] = Value(_all_ids(values))  # `a, b = b, a` loses nothing on the way
            for left, right in zip(target.elts, values, strict=True):
                self.store(left, right, state)
            del state.env[""]
            return True
        return False

    def exec_AnnAssign(self, node: ast.AnnAssign, states: list[State]) -> Exits:
        if node.value is not None:
            for state in states:
                self.expect(node.target, node.value)
                self.store(node.target, self.eval(node.value, state), state)
                self.note_flag(node.target, node.value, state)
        return Exits(next=states)

    def exec_AugAssign(self, node: ast.AugAssign, states: list[State]) -> Exits:
        for state in states:
            value = self.eval(node.value, state)
            if value.ids:
                current = self.eval(_loaded(node.target), state)
                self.store(node.target, current | value, state)
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

    def exec_Delete(self, node: ast.Delete, states: list[State]) -> Exits:
        for state in states:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    state.env.pop(target.id, None)
                    self.forget(target.id, state)
        return Exits(next=states)

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
        where none was, up to a limit.
        """
        known = frozenset[tuple[str, int]]().union(*map(_held, states))
        inner = self.block(body, states)
        around = merged(inner.next + inner.continues)
        for _ in range(_ROUNDS if self._rounds < _DEEP_LOOPS else 0):
            held = frozenset[tuple[str, int]]().union(*map(_held, around))
            if held <= known:
                break
            known |= held
            self._rounds += 1
            more = self.block(body, again([state.copy() for state in around]))
            self._rounds -= 1
            inner.next += more.next
            inner.absorb(more)
            around = merged(more.next + more.continues)
        return inner

    def leave_round(self, state: State, node: ast.While) -> None:
        """A round of an endless loop ends: a local that nothing reads is a lost handle."""
        read = {
            item.id
            for item in ast.walk(self.node)
            if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Load)
        }
        for number in state.open:
            line = node.end_lineno or node.lineno
            places = state.stored.get(number, frozenset())
            if places:
                if not any(self.is_kept(place) for place in places):
                    self.leak(state, number, "field", line, min(places))
                continue
            names = [name for name, value in state.env.items() if number in value.ids]
            if names and not read & set(names):
                self.leak(state, number, "path", line, names[0])

    def exec_For(self, node: ast.For | ast.AsyncFor, states: list[State]) -> Exits:
        exits = Exits()
        entering: list[State] = []
        skipping: list[State] = []
        for state in states:
            value = self.eval(node.iter, state)
            if not value.ids & state.open:
                skipping.append(state.copy())
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
        for statement in node.body:
            if not body.next:
                break
            result = self.step(statement, merged(body.next))
            body.absorb(result)
            body.next = result.next
            if node.handlers and not self._raising:
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

    def exec_FunctionDef(self, node: FunctionNode, states: list[State]) -> Exits:
        for state in states:
            for decorator in node.decorator_list:
                # `@bus.subscribe(event)` hands the result to nobody; decorators keep for life.
                state.discharge(self.eval(decorator, state).ids)
            state.discharge(self.defaults(node.args, state))
            state.env[node.name] = UNKNOWN
        return Exits(next=states)

    exec_AsyncFunctionDef = exec_FunctionDef

    def exec_ClassDef(self, node: ast.ClassDef, states: list[State]) -> Exits:
        return Exits(next=states)

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
        test = self.plain(test)
        if isinstance(test, ast.Call):
            function = test.func
            if isinstance(function, ast.Attribute) and function.attr in (_OVER if truth else _ON):
                state.discharge(self.peek(function.value, state).ids)
            return True
        if isinstance(test, (ast.Name, ast.Attribute)):
            value = self.peek(test, state)
            if self.is_earlier(value, state):
                if not truth:
                    state.discharge(value.ids)
                return True
            if value.ids & state.open or value.none is False:
                return truth
            if value.none is True:
                return not truth
            flag = state.flags.get(self.place(test))
            if flag is not None:
                return flag is truth
            tested = self.tested_by_property(test)
            if tested is not None:
                return self.assume(tested[0], state, truth is tested[1])
        key = _fact(test)
        if key:
            known = state.facts.get(key)
            if known is not None:
                return known is truth
            state.facts[key] = truth
        return True

    def tested_by_property(self, test: ast.expr) -> tuple[ast.expr, bool] | None:
        """For `self.is_on` that returns `self.unsub is not None`: the field, and its sense."""
        cls = self.scope.cls
        if cls is None or not isinstance(test, ast.Attribute) or not self.place(test):
            return None
        method = self.linker.method(cls, test.attr)
        if method is None or not method.summary.truth_of:
            return None
        name = method.summary.truth_of.removeprefix("not ")
        field = ast.copy_location(ast.Attribute(test.value, name, ast.Load()), test)
        return field, name == method.summary.truth_of

    @staticmethod
    def is_earlier(value: Value, state: State) -> bool:
        """Whether a value is what an earlier run may, or may not, have left."""
        live = value.ids & state.open
        return bool(live) and max(live) < 0

    def assume_none(self, node: ast.expr, state: State, truth: bool) -> bool:
        node = self.plain(node)
        value = self.peek(node, state)
        if self.is_earlier(value, state):
            if truth:
                state.discharge(value.ids)
            return True
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


_DEEP_LOOPS = 2
_ROUNDS = 3
_STEPS = 12_000
"""Statements times states: about a second of work."""
_OVER = frozenset(("done", "cancelled", "fired", "finished"))
_ON = frozenset(("is_alive", "active", "is_active", "running", "is_running"))
"""Methods of a handle that tell whether it is over, and whether it still lives."""
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


def _held(state: State) -> frozenset[tuple[str, int]]:
    """Which open handles a state has, and which names hold them."""
    named = {(name, number) for name, value in state.env.items() for number in value.ids}
    return frozenset(
        pair for pair in named | {("", number) for number in state.open} if pair[1] in state.open
    )


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


def captured(summary: FunctionSummary) -> frozenset[str]:
    """Names that functions nested in this one release, hand on or return."""
    return frozenset(
        use.subject
        for inner in summary.nested.values()
        for part in everything(inner)
        for use in part.uses
        if use.subject not in part.params and use.verb != "method"
    )


def _all_ids(values: list[Value]) -> frozenset[int]:
    return frozenset().union(*(value.ids for value in values))


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
