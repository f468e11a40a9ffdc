"""What one module tells the others: its imports, classes, functions and what they do to handles.

Expressions that matter elsewhere are kept as refs and subjects (see `refs`). The uses of subjects
are collected without regard to the order of statements; `flow` adds the order for the function
under analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
    """

    method: str
    base: str
    line: int
    awaited: bool = False
    """Whether the call is awaited or returned on the spot."""


class Returned(NamedTuple):
    """A call whose result the function returns, by the local `via` or on the spot."""

    ref: str
    via: str = ""


class Named(NamedTuple):
    """A call that is given a name first: `'text` for a literal, `=ref` for what may be constant."""

    callee: str
    text: str
    line: int


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
    decorators: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    """What a decorator says that the function does: the word, the kind, the undoing method."""
    binds: dict[str, str] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    calls: tuple[str, ...] = ()
    self_refs: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    """Subjects out of which something is taken."""
    loop_tests: tuple[str, ...] = ()
    """Subjects by which a loop may end: looked at in its test, before a `break`, or awaited."""
    loop_awaits: tuple[str, ...] = ()
    """The refs of what loops await that may be a sleep."""
    returned: tuple[Returned, ...] = ()
    supers: tuple[Super, ...] = ()
    branches: bool = False
    """Whether the function has more than one path, exceptions apart."""
    callbacks: tuple[Callback, ...] = ()
    undos: tuple[Undo, ...] = ()
    named: tuple[Named, ...] = ()
    finals: tuple[str, ...] = ()
    """Fields released in a `finally` block: whatever the function runs ends with them."""
    receivers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For the `*.name` of the uses: the refs of the objects, where all have one."""
    truth_of: str = ""
    """What a method without arguments returns, if it only looks at fields: an expression."""
    nested: dict[str, FunctionSummary] = field(default_factory=dict)


@dataclass(slots=True)
class ClassSummary:
    """A class: its bases as refs, its methods and the types of its fields as refs."""

    name: str
    line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    methods: dict[str, FunctionSummary] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    borrowed: tuple[str, ...] = ()
    """Fields that are given an object made elsewhere: a parameter, or another object's field."""
    made: tuple[str, ...] = ()
    """Fields that are given a new object."""
    constants: dict[str, str] = field(default_factory=dict)
    """Names in the class's body that are given a string."""
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
    constants: dict[str, str] = field(default_factory=dict)
    """Names at module level that are given a string."""
    named: tuple[Named, ...] = ()

    def uses(self, package: str) -> bool:
        """Whether the module lies in a package, or imports from it."""
        names = (self.name, *self.imports.values(), *self.stars)
        return any(name.replace(":", ".").partition(".")[0] == package for name in names)


def pack(summary: ModuleSummary) -> tuple[Any, ...]:
    """A summary as plain tuples and dicts, for the cache and for other processes."""
    return (
        summary.name,
        summary.path,
        summary.is_package,
        summary.imports,
        summary.stars,
        {name: _pack_function(item) for name, item in summary.functions.items()},
        {name: _pack_class(item) for name, item in summary.classes.items()},
        summary.values,
        summary.constants,
        tuple(tuple(row) for row in summary.named),
    )


def _pack_class(item: ClassSummary) -> tuple[Any, ...]:
    values = [getattr(item, name) for name in ClassSummary.__slots__]
    methods = {key: _pack_function(method) for key, method in item.methods.items()}
    values[ClassSummary.__slots__.index("methods")] = methods
    return tuple(values)


def _pack_function(item: FunctionSummary) -> tuple[Any, ...]:
    values = [getattr(item, name) for name in FunctionSummary.__slots__]
    rows = {"uses", "supers", "callbacks", "undos", "named", "returned"}
    for index, name in enumerate(FunctionSummary.__slots__):
        if name in rows:
            values[index] = tuple(tuple(row) for row in values[index])
        elif name == "nested":
            values[index] = {key: _pack_function(inner) for key, inner in values[index].items()}
    return tuple(values)


def unpack(data: Any) -> ModuleSummary:
    """The inverse of `pack`. Raises TypeError or ValueError on data of another shape."""
    name, path, is_package, imports, stars, functions, classes, values, *rest = data
    constants, named = rest
    return ModuleSummary(
        name,
        path,
        is_package,
        imports,
        stars,
        {key: _unpack_function(item) for key, item in functions.items()},
        {key: _unpack_class(item) for key, item in classes.items()},
        values,
        constants,
        tuple(Named(*item) for item in named),
    )


def _unpack_class(row: Any) -> ClassSummary:
    out = ClassSummary(*row)
    out.methods = {key: _unpack_function(item) for key, item in out.methods.items()}
    return out


def _unpack_function(row: Any) -> FunctionSummary:
    out = FunctionSummary(*row)
    out.uses = tuple(Use(*item) for item in out.uses)
    out.supers = tuple(Super(*item) for item in out.supers)
    out.callbacks = tuple(Callback(*item) for item in out.callbacks)
    out.undos = tuple(Undo(*item) for item in out.undos)
    out.returned = tuple(Returned(*item) for item in out.returned)
    out.named = tuple(Named(*item) for item in out.named)
    out.nested = {key: _unpack_function(item) for key, item in out.nested.items()}
    return out
