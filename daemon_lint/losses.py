"""What is lost: handles that a path ends with, or that an assignment writes over."""

from __future__ import annotations

import ast

from daemon_lint.conditions import Conditions
from daemon_lint.fates import everything
from daemon_lint.linking import Linker
from daemon_lint.ownership import Ownership
from daemon_lint.pairs import LAMBDA, is_for, opposites
from daemon_lint.places import Infer
from daemon_lint.rearming import Rearmed
from daemon_lint.refs import FunctionNode, argument_subjects
from daemon_lint.states import OLDER, THROWN, UNKNOWN, Leak, Obligation, State, Value
from daemon_lint.symbols import Class, Scope
from daemon_lint.workers import ends_by_condition, ends_by_flag, made_workers


class Losses(Conditions):
    """Collects the leaks of one function."""

    def __init__(
        self,
        node: FunctionNode,
        scope: Scope,
        linker: Linker,
        ownership: Ownership,
        strict: bool,
        infer: Infer | None = None,
    ) -> None:
        super().__init__(node, scope, linker, ownership, strict, infer)
        self.leaks: dict[int, Leak] = {}
        self.overwritten: dict[tuple[int, int], Leak] = {}
        self.armings: dict[str, list[dict[str, object]]] = {}
        """For each field left with a handle, the flags beside it when the function ended."""
        self.rearmed: Rearmed | None = None

    def leave(self, state: State, line: int) -> None:
        """A path ends: what is open and not safely kept is lost."""
        for place in self.armed:
            if state.env.get(place, UNKNOWN).ids & state.open:
                # A field given a value that nobody knows is most likely true when tested again.
                flags: dict[str, object] = dict.fromkeys(state.given - {place}, True)
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
            if not self.escaping(state).isdisjoint(names):
                continue
            if places:
                if not any(self.is_kept(place, number) for place in places):
                    self.leak(state, number, "field", line, min(places))
                elif self.strict:
                    self.leak(state, number, "hand", line, min(places))
                continue
            held = [name for name in names if not name.startswith("self.")]
            if held and self.obligations[number].acquire.once:
                continue  # it removes itself when it fires, which this path may have waited for
            self.leak(state, number, "path" if held else "dropped", line, held[0] if held else "")

    def is_undone_by_pair(self, cls: Class, obligation: Obligation) -> bool:
        """Whether the end of life takes a subscription back by `remove_x`, without its handle."""
        made = self.undo_of(obligation.node)
        if made is None or obligation.kind != "subscription" or obligation.paired is not None:
            return False
        undos, events = self.ownership.end_of_life(cls).undos, self.ownership.events
        return any(
            undo.called and is_for(undo, made, name) and events.repeats(undo, made)
            for name in opposites(made.method)
            for undo in undos
        )

    def leave_pair(self, state: State, number: int, line: int) -> None:
        """A path ends with a paired acquire: it is lost unless an end of life may undo it."""
        obligation, cls = self.obligations[number], self.scope.cls
        own = [
            self.placed(undo)
            for part in everything(self.scope.functions[0])
            for undo in part.undos
            if part is not self.scope.functions[-1] or not undo.called
        ]
        if self.is_undone_each_round(obligation, own) or self.ends_otherwise(obligation):
            return
        if cls is not None:
            end = self.ownership.end_of_life(cls)
            if self.is_ended_itself(cls, obligation):
                return
            if self.is_undone_each_round(obligation, [*own, *end.undos]):
                if self.strict:
                    self.leak(state, number, "hand", line)
                return
        self.leak(state, number, "pair", line)

    def is_ended_itself(self, cls: Class, obligation: Obligation) -> bool:
        """Whether what was started is a field's own object, which the end of life stops."""
        assert obligation.paired is not None
        head, _, field = obligation.paired.receiver.partition(".")
        is_own = head == "self" and field.isidentifier() and not obligation.paired.args
        return is_own and self.ownership.releases_field(cls, field)

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

    def overwrite(self, place: str, value: Value, target: ast.expr, state: State) -> None:
        rearmed = self.rearmed
        if (
            rearmed is not None
            and place == rearmed.place
            and value.ids
            and rearmed.number not in state.open
            and THROWN not in state.flags
        ):
            rearmed.given_back.setdefault(target.lineno, []).append(state.branches)
        super().overwrite(place, value, target, state)

    def lose_overwritten(
        self, number: int, place: str, value: Value, target: ast.expr, state: State
    ) -> None:
        obligation = self.obligations[number]
        if place in self.escaping(state) or obligation.acquire.once:
            return
        if number % OLDER in self.records:
            return  # what a record keeps may have been given back by its attribute
        if number < 0 and not value.ids:
            return  # cleared without a release: it may have fired by now
        if number < 0 and not state.facts.keys().isdisjoint(self.scope.functions[-1].params):
            return  # only the caller knows whether this branch is taken twice
        if self.rearmed is not None and number == self.rearmed.number:
            if value.ids:
                line = target.lineno
                leak = Leak(obligation, "overwritten", line, state.branches, place, target)
                self.rearmed.lost.setdefault(line, []).append(leak)
            return
        after = tuple(item for item in state.branches if item.line >= obligation.node.lineno)
        self.overwritten.setdefault(
            (number % OLDER if number > 0 else number, target.lineno),
            Leak(obligation, "overwritten", target.lineno, after, place, target),
        )

    def is_kept(self, place: str, number: int) -> bool:
        """Whether a handle stored in a field is released at the end of its owner."""
        cls = self.scope.cls
        if cls is None or not place.startswith("self."):
            return True
        outer = self.scope.functions[:-1]
        if any(use.subject == place and use.verb == "release" for f in outer for use in f.uses):
            return True  # the function around this one ends what this one began
        field, record = place.removeprefix("self."), self.records.get(number % OLDER)
        if record is not None and (
            "." in field or self.ownership.holders.gives_back_record(cls, field, record)
        ):
            return True
        return self.ownership.releases_field(cls, field)

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
            workers = [] if worker is None else [(worker, _given(obligation.node, self.me))]
            if obligation.maker is not None:
                workers += made_workers(self.ownership, obligation.maker)
            if obligation.acquire.kind == "task" and any(
                ends_by_flag(self.ownership, cls, runs, given) for runs, given in workers
            ):
                return
            if not self.strict and self.is_undone_by_pair(cls, obligation):
                return
            if any(ends_by_condition(self.ownership, cls, item) for item in obligation.others):
                return
        after = tuple(item for item in state.branches if item.line >= obligation.node.lineno)
        self.leaks[number] = Leak(obligation, reason, line, after, place)

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
                if not any(self.is_kept(place, number) for place in places):
                    self.leak(state, number, "field", line, min(places))
                continue
            names = [name for name, value in state.env.items() if number in value.ids]
            if names and not read & set(names):
                self.leak(state, number, "path", line, names[0])

    def lose_if_unheld(self, state: State, number: int, line: int) -> None:
        """The value of a statement is thrown away: a handle that nothing else holds is lost."""
        held = number in state.stored or any(number in item.ids for item in state.env.values())
        if not held:
            self.leak(state, number, "dropped", line)
            state.discharge(frozenset((number,)))

    def leave_by_exception(self, state: State, number: int) -> None:
        """An exception leaves the function: a handle that only a local holds is lost."""
        places = state.stored.get(number, frozenset())
        names = [name for name, value in state.env.items() if number in value.ids]
        if not self.escaping(state).isdisjoint(names):
            return
        if any(place.startswith("self.") for place in (*places, *names)):
            return  # the owner has it, and is asked about it elsewhere
        line = state.branches[-1].line if state.branches else self.node.lineno
        held = min(names, default="")
        self.leak(state, number, "exception", line, held)


def _given(node: ast.Call, me: str) -> set[str]:
    """The fields among the arguments of a call, and of a coroutine's call among them."""
    found: set[str] = set()
    for item in [*node.args, *(keyword.value for keyword in node.keywords)]:
        found |= argument_subjects(item, me)
        if isinstance(item, ast.Call):
            found |= _given(item, me)
    return {name for name in found if name.startswith("self.")}
