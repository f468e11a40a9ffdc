"""Handles kept in objects that the owner itself makes.

`self._left.task = …` puts one into an attribute of such an object, `Held("a", handle)` into a new
record. The owner answers for them, unless some code gives back that attribute, calls a method of
the object that does, or gets at the object in a way that cannot be followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from daemon_lint.fates import everything, is_neutral
from daemon_lint.linking import Linker
from daemon_lint.mentions import Mentions, Owners, called_on_others
from daemon_lint.refs import is_inert
from daemon_lint.summary import FunctionSummary, Use
from daemon_lint.symbols import Class, External, ExternalInstance, Instance, ModuleRef, Scope

_WHOLE = ("*", "__dict__", "__slots__", "__dataclass_fields__")
"""Attributes by which code of the owner gets at all the others."""
_COMPUTED = ("__getattr__", "__getattribute__", "__setattr__")
_RECORDS = frozenset("dataclass define frozen mutable attrs s final total_ordering".split())
"""Decorators that leave a class a record."""
_BARE = frozenset("Generic Protocol ABC object NamedTuple".split())
"""Outside bases that give an object no methods that could give a handle back."""


class Holders:
    """Answers for the classes of one linker."""

    def __init__(
        self,
        linker: Linker,
        universe: Callable[[Class], list[Class]],
        released_by: Callable[[Class, str], frozenset[str]],
        touched_in: Callable[[Class], Mentions],
    ) -> None:
        """The functions tell which classes an object may have, what a method of a class releases,
        and what is touched in its package."""
        self.linker = linker
        self._universe = universe
        self._released_by = released_by
        self._touched_in = touched_in
        self._made: dict[tuple[Class, str], Class | None] = {}
        self._known: dict[tuple[Class, str, str], bool] = {}
        self._records: dict[Class, bool] = {}

    def made(self, cls: Class, field: str) -> Class | None:
        """The class of the object in a field, if the owner makes it and its code is all known."""
        key = (cls, field)
        if key not in self._made:
            self._made[key] = self._find_made(cls, field)
        return self._made[key]

    def gives_back(self, cls: Class, field: str, held: Class, name: str) -> bool:
        """Whether the attribute `name` of the object in a field may be given back somewhere."""
        key = (cls, field, name)
        if key not in self._known:
            ways = [name, *self._methods_for(held, name)]
            self._known[key] = self._looks_after_itself(held, ways) or self._is_given_back(
                cls, field, held, ways
            )
        return self._known[key]

    def is_record(self, cls: Class) -> bool:
        """Whether an object of a class only keeps what its constructor is given, for all we see."""
        known = self._records.get(cls)
        if known is None:
            known = self._records[cls] = (
                self._is_plain(cls)
                and all(
                    name.removesuffix(".()").rpartition(".")[2] in _RECORDS
                    for base in self._bases(cls)
                    for name in base.summary.decorators
                )
                and not self._looks_after_itself(cls, self._attributes(cls))
            )
        return known

    def gives_back_record(self, cls: Class, field: str, record: Class) -> bool:
        """Whether something may be done to what the records in a field keep."""
        key = (cls, field, record.name)
        if key not in self._known:
            ways = self._attributes(record)
            self._known[key] = self._is_given_back(cls, field, record, ways)
        return self._known[key]

    def _is_given_back(self, cls: Class, field: str, held: Class, ways: list[str]) -> bool:
        members = self._universe(cls)
        return self._is_handed_on(members, field) or any(
            self._may_be(owners, scope, members, field, held)
            for way in (*ways, *_WHOLE)
            for owners, scope in self._places([*members, held], way)
            if way not in _WHOLE or scope.cls in members
        )

    def _attributes(self, cls: Class) -> list[str]:
        bases = [base.summary for base in self._bases(cls)]
        names = [name for base in bases for name in (*base.fields, *base.methods)]
        return [name for name in names if name == "__del__" or not name.startswith("__")]

    def _find_made(self, cls: Class, field: str) -> Class | None:
        if not self.linker.is_made_here(cls, field):
            return None
        symbol = self.linker.attribute(Instance(cls), field)
        held = symbol.cls if isinstance(symbol, Instance) else None
        return held if held is not None and self._is_plain(held) else None

    def _is_plain(self, cls: Class) -> bool:
        """Whether all of a class's code is known, and its attributes are what they seem."""
        return all(
            base.rpartition(".")[2] in _BARE
            if isinstance(base, str)
            else base.summary.methods.keys().isdisjoint(_COMPUTED)
            for base in self.linker.mro(cls)
        )

    def _methods_for(self, held: Class, name: str) -> Iterator[str]:
        """The methods of an object that give back one of its handles."""
        for base in self._bases(held):
            for method in base.summary.methods:
                if f"self.{name}" in self._released_by(held, method):
                    yield method

    def _looks_after_itself(self, held: Class, ways: list[str]) -> bool:
        """Whether an object may give its handle back unasked, or lets others know itself."""
        if "__del__" in ways:
            return True
        handed = {f"self.{way}" for way in ways}
        for base in self._bases(held):
            for method in base.summary.methods.values():
                me = Scope(base.module, base, (method,)).me
                for part in everything(method):
                    if any(item.ref in handed for item in part.callbacks):
                        return True
                    if any(use.subject == me != "" and _acts(use, part) for use in part.uses):
                        return True
        return False

    def _is_handed_on(self, members: list[Class], field: str) -> bool:
        """Whether the object itself goes where it cannot be followed."""
        subject = f"self.{field}"
        for member in members:
            for method in member.summary.methods.values():
                for part in everything(method):
                    if any(
                        use.subject == subject and use.verb != "method" and _acts(use, part)
                        for use in part.uses
                    ):
                        return True
        return any(
            owners is None or any(self._is_one_of(ref, scope, members) for ref in owners)
            for owners, scope in self._places(members, field)
        )

    def _places(self, members: list[Class], name: str) -> Iterator[tuple[Owners, Scope]]:
        for touches in dict.fromkeys(map(self._touched_in, members)):
            yield from touches.of(name)

    def _may_be(
        self, owners: Owners, scope: Scope, members: list[Class], field: str, held: Class
    ) -> bool:
        """Whether one of some objects may be that in the field."""
        for ref in owners or ():
            owner, _, last = ref.rpartition(".")
            if owner and owner == scope.me and scope.cls is not None:
                if scope.cls in members:
                    if last == field:
                        return True
                    continue
                if self.linker.is_made_here(scope.cls, last):
                    continue  # that class's own
            if self._is_one_of(ref, scope, self._bases(held)):
                return True
        return owners is None

    def _is_one_of(self, ref: str, scope: Scope, classes: list[Class]) -> bool:
        """Whether an object may be one of some classes."""
        symbol = self.linker.resolve(ref, scope)
        if isinstance(symbol, (ExternalInstance, External, ModuleRef)):
            return False
        cls = symbol.cls if isinstance(symbol, Instance) else symbol
        return not isinstance(cls, Class) or cls in classes

    def _bases(self, cls: Class) -> list[Class]:
        return [base for base in self.linker.mro(cls) if isinstance(base, Class)]


def touched(part: FunctionSummary, scope: Scope) -> Iterator[tuple[str, Owners]]:
    """Attributes of others that a function calls, or does something to."""
    for use in part.uses:
        if use.subject[:2] == "*." and _acts(use, part):
            name = use.subject[2:]
            yield name, part.receivers.get(name)
    yield from called_on_others(part, scope)


def _acts(use: Use, part: FunctionSummary) -> bool:
    """Whether a use may do more than look."""
    if use.verb == "pass":
        return not is_inert(use.target)
    return not is_neutral(use, part)
