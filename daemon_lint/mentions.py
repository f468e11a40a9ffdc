"""What the code of a package mentions of the attributes of objects that are not its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from daemon_lint.linking import Linker
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class, External, ExternalInstance, Instance, ModuleRef, Scope

Owners = tuple[str, ...] | None
"""The refs of the objects whose attribute is meant; None where one of them has none."""
Reader = Callable[[FunctionSummary, Scope], Iterator[tuple[str, Owners]]]
"""Gives the attributes that a function mentions, each with its objects."""
Part = tuple[FunctionSummary, Scope]
"""A function, or one nested in it, and where it stands."""


class Mentions:
    """Names of attributes, and the objects whose attributes they are.

    Functions are read when the first name is asked for, and what the objects are is found out for
    a name when that is asked for: for most it never is.
    """

    def __init__(self, linker: Linker, reader: Reader, parts: list[Part]) -> None:
        """`reader` tells what each of some functions mentions."""
        self._linker = linker
        self._reader = reader
        self._parts = parts
        self._classes: dict[str, frozenset[Class] | None] = {}

    @cached_property
    def _places(self) -> dict[str, list[tuple[Owners, Scope]]]:
        found: dict[str, list[tuple[Owners, Scope]]] = {}
        for part, scope in self._parts:
            for name, owners in self._reader(part, scope):
                found.setdefault(name, []).append((owners, scope))
        return found

    def of(self, name: str) -> Iterable[tuple[Owners, Scope]]:
        """The places where an attribute of a name is mentioned."""
        return self._places.get(name, ())

    def covers(self, name: str, members: Iterable[Class]) -> bool:
        """Whether the attribute of an object that is all of these classes may be meant."""
        classes = self._of_classes(name)
        return classes is None or not classes.isdisjoint(members)

    def __contains__(self, name: str) -> bool:
        """Whether the attribute of some object of the project may be meant."""
        return self._of_classes(name) != frozenset()

    def _of_classes(self, name: str) -> frozenset[Class] | None:
        """The classes whose attribute is meant; None where nobody knows."""
        if name not in self._classes:
            self._classes[name] = self._find(name)
        return self._classes[name]

    def _find(self, name: str) -> frozenset[Class] | None:
        found: frozenset[Class] = frozenset()
        for owners, scope in self.of(name):
            classes = classes_of(self._linker, owners, scope)
            if classes is None:
                return None
            found |= classes
        return found


def called_on_others(part: FunctionSummary, scope: Scope) -> Iterator[tuple[str, Owners]]:
    """The methods of other objects that a function calls."""
    for call in part.calls:
        head, _, name = call.rpartition(".")
        if head and head not in (scope.me, "self", "super.()"):
            yield name, (head,)


def classes_of(linker: Linker, owners: Owners, scope: Scope) -> frozenset[Class] | None:
    """The classes of some objects, or None where one of them is unknown."""
    if owners is None:
        return None
    found: set[Class] = set()
    for reference in owners:
        if reference == "super.()":
            continue  # the object itself
        symbol = linker.resolve(reference, scope)
        if isinstance(symbol, (ExternalInstance, External, ModuleRef)):
            continue  # `asyncio.wait(…)`, or `wait()` of an asyncio.Event: no class of ours
        cls = symbol.cls if isinstance(symbol, Instance) else symbol
        if not isinstance(cls, Class) or _is_protocol(cls):
            return None
        found.add(cls)
    return frozenset(found)


def _is_protocol(cls: Class) -> bool:
    return any(base.rpartition(".")[2] == "Protocol" for base in cls.summary.bases)
