"""What the flow analysis keeps of a set of paths."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace

from daemon_lint.contracts import Acquire, Kind
from daemon_lint.findings import Confidence
from daemon_lint.pairs import Undo
from daemon_lint.symbols import Function

_MAX_STATES = 48
OLDER = 1 << 32
"""Added to an obligation's number: the handle that a round of a loop before this one acquired."""
REARMED = 4 * OLDER
"""Added to it: the handle that was live when the method began."""

THROWN = "@thrown"
"""A flag of states in which an exception that nobody foresaw was caught."""

Reason = str
"""How an obligation is lost: `dropped`, `path`, `field`, `overwritten`, `pair` (a paired acquire
that nothing undoes), `exception` (only if a statement raises); `hand` is not lost, but kept and
released by hand where a registrar should have it."""


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
    """What a task or thread runs."""
    others: tuple[Function, ...] = ()
    """Further functions given to the call, of which one may be a condition to go on."""
    maker: Function | None = None
    """The function of the project that makes the handle for its callers."""
    paired: Undo | None = None
    """Of a paired acquire: its receiver and arguments, which the undoing call must repeat."""


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
    node: ast.expr | None = None
    """The target of the assignment that overwrites it."""


@dataclass(slots=True)
class State:
    """One set of paths."""

    env: dict[str, Value] = field(default_factory=dict)
    open: frozenset[int] = frozenset()
    stored: dict[int, frozenset[str]] = field(default_factory=dict)
    facts: dict[str, bool] = field(default_factory=dict)
    """What tests have shown, by the text of the condition."""
    flags: dict[str, object] = field(default_factory=dict)
    """Names and fields that were assigned a constant, or compared with one, and which."""
    given: frozenset[str] = frozenset()
    """Fields that were assigned something else."""
    escaped: frozenset[str] = frozenset()
    """Nested functions that were handed on, and may be called at any time."""
    branches: tuple[Branch, ...] = ()

    def copy(self) -> State:
        return State(
            dict(self.env),
            self.open,
            dict(self.stored),
            dict(self.facts),
            dict(self.flags),
            self.given,
            self.escaped,
            self.branches,
        )

    def discharge(self, ids: frozenset[int]) -> None:
        self.open -= ids

    def rename(self, number: int, other: int) -> None:
        """An obligation goes on under another number."""
        renamed = frozenset((number,)), frozenset((other,))
        for name, value in self.env.items():
            if number in value.ids:
                self.env[name] = replace(value, ids=value.ids - renamed[0] | renamed[1])
        self.open = self.open - renamed[0] | renamed[1]
        if (places := self.stored.pop(number, None)) is not None:
            self.stored[other] = self.stored.get(other, frozenset()) | places

    def key(self) -> tuple[object, ...]:
        """What distinguishes states in which the same obligations can still be lost."""
        live = self.open
        return (
            live,
            frozenset(
                (name, value.ids & live, value.none, value.homes)
                for name, value in self.env.items()
                if value.ids or value.none
            ),
            frozenset((number, self.stored[number]) for number in live if number in self.stored),
            frozenset(self.facts.items()),
            frozenset(self.flags.items()),
            self.escaped,
        )


@dataclass(slots=True)
class Choices:
    """How the conditions in one expression turn out: as given, then True; the rest is untried."""

    given: tuple[bool, ...]
    untried: list[tuple[bool, ...]] = field(default_factory=list)
    made: tuple[bool, ...] = ()

    def next(self) -> bool:
        """The outcome of the next condition that may have either."""
        if len(self.made) < len(self.given):
            truth = self.given[len(self.made)]
        else:
            truth = True
            self.untried.append((*self.made, False))
        self.made = (*self.made, truth)
        return truth


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
    alike: dict[tuple[object, ...], State] = {}
    for state in states:
        known = alike.setdefault(state.key(), state)
        known.given &= state.given
    unique = list(alike.values())
    if len(unique) <= _MAX_STATES:
        return unique
    for part in (4, 3, 1):  # without flags and facts, then without what holds the handles
        joined: dict[tuple[object, ...], State] = {}
        for state in unique:
            key = state.key()[:part]
            before = joined.get(key)
            joined[key] = state if before is None else _join(before, state)
        unique = list(joined.values())
        if len(unique) <= _MAX_STATES:
            return unique
    states = unique
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
    flags = {key: value for key, value in left.flags.items() if right.flags.get(key) is value}
    given = left.given & right.given
    escaped = left.escaped | right.escaped
    return State(env, left.open | right.open, stored, facts, flags, given, escaped, left.branches)
