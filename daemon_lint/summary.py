"""What one module tells the others: its imports, classes, functions and what they do to handles.

Expressions that matter elsewhere are kept as refs and subjects (see `refs`). The uses of subjects
are collected without regard to the order of statements; `flow` adds the order for the function
under analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from daemon_lint.pairs import Undo


class Use(NamedTuple):
    """One thing a function does to a subject.

    `verb` is `release`, `pass` (an argument: `target` is the callee's ref, `slot` its position or
    name), `store` (`target` is a field, or `*` for a foreign object), `return`, or `method` (a
    call of its method `target` that is no release by name).
    """

    subject: str
    verb: str
    target: str = ""
    slot: str = ""


class Super(NamedTuple):
    """A mention of a base's method: `super().method` or `Base.method(self)`.

    `base` is empty for `super()`, `super(C)` for the form with arguments, else the class's ref.
    `method` is `*` where the code gets at it in a way that no name shows: a local that holds
    `super()`, a loop over `__mro__`.
    """

    method: str
    base: str
    line: int
    awaited: bool = False
    """Whether the call is awaited or returned on the spot."""


class SelfCall(NamedTuple):
    """A call of one's own method by whose name something ends: what an override must take."""

    method: str
    positional: int
    """The number of positional arguments, or -1 when a starred one hides it."""
    keywords: tuple[str, ...]
    line: int
    dropped: bool = False
    """Whether nothing is done with the result."""


class Returned(NamedTuple):
    """A call whose result the function returns, by the local `via` or on the spot."""

    ref: str
    via: str = ""


class Final(NamedTuple):
    """What a function gives up when it has run: it releases a field or calls a method of its own.

    `until` is empty for what a `finally` block does, else the field by which the loop or wait
    before it ends.
    """

    subject: str
    until: str = ""


class Callback(NamedTuple):
    """A function handed to a call: `target` is the callee, `ref` is `self.name` or a local name."""

    target: str
    ref: str


@dataclass(slots=True, eq=False)
class FunctionSummary:
    """What a function shows to others; two of them are the same only if they are one object."""

    name: str
    line: int
    column: int = 1
    first: int = 0
    """The line of the first decorator, or `line`."""
    last: int = 0
    is_async: bool = False
    is_generator: bool = False
    is_static: bool = False
    is_property: bool = False
    is_abstract: bool = False
    is_stub: bool = False
    """Whether the body is but a docstring, `pass`, `...` or a `raise`."""
    does_work: bool = True
    loops: bool = False
    never_returns: bool = False
    params: tuple[str, ...] = ()
    annotations: dict[str, str] = field(default_factory=dict)
    returns: str = ""
    gives_awaitable: bool = False
    """Whether the return annotation names something to be awaited."""
    decorators: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    """What a decorator says that the function does: the word, the kind, the undoing method."""
    binds: dict[str, str] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    calls: tuple[str, ...] = ()
    handed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For calls whose results all go straight into other calls: the refs of those."""
    self_refs: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    """Subjects out of which something is taken."""
    loop_tests: tuple[str, ...] = ()
    """Subjects by which a loop or wait may end: in its test, before a `break`, or awaited."""
    loop_awaits: tuple[str, ...] = ()
    """The refs of what loops await that may be a sleep."""
    returned: tuple[Returned, ...] = ()
    supers: tuple[Super, ...] = ()
    self_calls: tuple[SelfCall, ...] = ()
    signature: str = ""
    """The parameters behind the first, if `params` does not say all: `a,b=,*,c,**d`."""
    branches: bool = False
    """Whether the function has more than one path, but for exceptions that it does not handle."""
    callbacks: tuple[Callback, ...] = ()
    undos: tuple[Undo, ...] = ()
    finals: tuple[Final, ...] = ()
    armed: tuple[tuple[str, str], ...] = ()
    """Of a method that runs first: fields surely given the result of a call, with its ref."""
    again: tuple[str, ...] = ()
    """Methods of its own object that it is sure to call more than once."""
    receivers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For the `*.name` of the uses: the refs of the objects, where all have one."""
    fills: tuple[tuple[str, str], ...] = ()
    """Parameters that it puts the results of calls into, each with the ref of such a call."""
    truth_of: str = ""
    """What a method without arguments returns, if it only looks at fields: an expression."""
    nested: dict[str, FunctionSummary] = field(default_factory=dict)


@dataclass(slots=True)
class ClassSummary:
    """A class: its bases as refs, its methods and the types of its fields as refs."""

    name: str
    line: int
    first: int = 0
    """The line of the first decorator, or `line`."""
    last: int = 0
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    methods: dict[str, FunctionSummary] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    borrowed: tuple[str, ...] = ()
    """Fields that are given an object made elsewhere: a parameter, or another object's field."""
    made: tuple[str, ...] = ()
    """Fields that are given a new object."""
    assigned: tuple[str, ...] = ()
    """Names that are given a value in the class's body."""
    containers: tuple[str, ...] = ()
    """Fields that a method gives a new list, dict or set."""
    shared: tuple[str, ...] = ()
    """Of `assigned`, those given a new list, dict or set, but for those annotated `ClassVar`."""
    marked: tuple[str, ...] = ()
    """Methods that are marked final or cooperative, and so concern every subclass."""
    subscribed: tuple[tuple[str, str], ...] = ()
    """Fields that are given the result of a call that sounds like subscribing, with its ref."""


@dataclass(slots=True)
class ModuleSummary:
    """Everything the project needs to know of a module."""

    name: str
    path: str
    is_package: bool = False
    imports: dict[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    functions: dict[str, FunctionSummary] = field(default_factory=dict)
    classes: dict[str, ClassSummary] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    """The refs of the classes of which instances are made at module level."""
    makes: tuple[str, ...] = ()
    """The last words of calls in the module that may construct something."""

    def packages(self) -> set[str]:
        """The top packages that the module lies in and imports from."""
        names = (self.name, *self.imports.values(), *self.stars)
        return {name.replace(":", ".").partition(".")[0] for name in names}
