"""Linking: which contract a call falls under, and who owns what a class acquires.

A `Linker` knows what names mean and the contracts in force. It answers what a call does
(`callee`) and how the instances of a class end (`owner`, `strict_base`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from daemon_lint.by_name import SUBSCRIBING, UNSUBSCRIBE_NAME, handle_by_names, takes_handler
from daemon_lint.contracts import KINDS, Acquire, Base, Owner, Profile
from daemon_lint.fates import DISCHARGED, KEPT, Fate, everything, is_neutral, parameter
from daemon_lint.findings import Confidence
from daemon_lint.fixpoint import FixedPoint
from daemon_lint.names import Names
from daemon_lint.pairs import opposites
from daemon_lint.refs import AWAITED, ITEMS, is_inert
from daemon_lint.summary import FunctionSummary, ModuleSummary, Use
from daemon_lint.symbols import Class, External, Function, ModuleRef, Scope, Symbol, full_name

_DEPTH = 24


class Callee(NamedTuple):
    """What is known of a call: its contract, or the project function it runs."""

    name: str
    acquire: Acquire | None = None
    registers: bool = False
    releases: bool = False
    confidence: Confidence = "resolved"
    function: Function | None = None


_UNKNOWN = Callee("")


class Linker(Names):
    """What calls do, and how classes end."""

    def __init__(
        self,
        profile: Profile,
        load: Callable[[str, str], ModuleSummary | None],
        is_prefix: Callable[[str], bool],
    ) -> None:
        super().__init__(profile, load, is_prefix)
        self._strict: dict[Class, Base | None] = {}
        self._abstract: dict[Class, bool] = {}
        self._kept: dict[str, dict[str, Acquire]] = {}
        self._fates = FixedPoint[tuple[FunctionSummary, str], Fate](KEPT)
        self._handles = FixedPoint[FunctionSummary, Acquire | None](None)

    def link(self, modules: Iterable[ModuleSummary]) -> None:
        """Take the modules read so far, and let contracts name what they define by any path."""
        super().link(modules)
        self._handles.clear()
        self._fates.clear()
        self._kept.clear()
        self._strict.clear()
        self._abstract.clear()

    # --- owners -----------------------------------------------------------------------------

    def strict_base(self, cls: Class) -> Base | None:
        """The strict base of a class, whose handles must all go to a registrar."""
        if cls not in self._strict:
            names = map(self.class_name, self.mro(cls)[1:])
            found = (self.profile.bases[name] for name in names if name in self.profile.bases)
            self._strict[cls] = next(found, None)
        return self._strict[cls]

    def owner(self, cls: Class) -> Owner | None:
        """How the class's instances end, or None when nothing says that they do."""
        found: Owner | None = None
        for base in self.mro(cls):
            known = self.profile.class_owners.get(self.class_name(base))
            if known is not None:
                return known
            if found is None and isinstance(base, Class):
                ending = [name for name in base.summary.methods if self.profile.ends_life(name)]
                if ending:
                    found = Owner(cls.name, ending[0])
        return found

    def is_abstract(self, cls: Class) -> bool:
        """Whether a class cannot be instantiated, since a method of it is still abstract."""
        if cls not in self._abstract:
            done: set[str] = set()
            self._abstract[cls] = False
            for base in self.mro(cls):
                if isinstance(base, Class):
                    for name, method in base.summary.methods.items():
                        if name not in done and method.is_abstract:
                            overloads = any(item.endswith("overload") for item in method.decorators)
                            self._abstract[cls] = self._abstract[cls] or not overloads
                        done.add(name)
                    done.update(base.summary.assigned)
        return self._abstract[cls]

    # --- calls ------------------------------------------------------------------------------

    def callee(self, reference: str, scope: Scope) -> Callee:
        """What a call of `reference` does, as far as contracts and summaries tell."""
        symbol = self.resolve(reference, scope)
        return _UNKNOWN if symbol is None else self._callee_of(symbol)

    def kept_elsewhere(self, reference: str, module: ModuleSummary) -> Acquire | None:
        """The contract of a call of unknown origin that a class of the same folder knows better.

        There the result of the same call goes to a field whose annotation says it is a handle.
        """
        folder = os.path.dirname(module.path)
        found = self._kept.get(folder)
        if found is None:
            found = self._kept[folder] = {}
            for other in self.modules_beside(module):
                for name in other.classes:
                    cls = self.class_of(other, name)
                    for field, call in cls.summary.subscribed:
                        acquire = handle_by_names(call, self.field_annotation(cls, field))
                        if acquire is not None:
                            found[_last_words(call)] = acquire
        return found.get(_last_words(reference))

    def callee_named(self, name: str) -> Callee:
        """What a call does whose function has this full name, as another tool inferred it."""
        parts = name.split(".")
        symbol: Symbol | None = ModuleRef(parts[0]) if self._is_prefix(parts[0]) else None
        for part in parts[1:]:
            symbol = self.attribute(symbol, part) if symbol is not None else None
        if isinstance(symbol, Function):
            return self._callee_of(symbol)
        cls, _, method = name.rpartition(".")
        for base in self.external_bases(cls):
            known = self._contract(f"{base}.{method}")
            if known is not None:
                return known
        return _UNKNOWN

    def _callee_of(self, symbol: Symbol) -> Callee:
        for name in self._names(symbol):
            known = self._contract(name)
            if known is not None:
                return known
        if isinstance(symbol, Function):
            stated = self._stated(symbol)
            if stated is not None:
                return stated
            acquire = self.returned_handle(symbol)
            if acquire is not None:
                return Callee(symbol.name, acquire, confidence="annotation", function=symbol)
            return Callee(symbol.name, self._paired(symbol), function=symbol)
        if isinstance(symbol, Class):
            return Callee(symbol.name, function=self.method(symbol, "__init__"))
        return Callee(full_name(symbol))

    def _stated(self, function: Function) -> Callee | None:
        """The contract that a decorator states, on the function itself or on what it overrides."""
        contract = function.summary.contract
        if not contract and function.cls is not None:
            bases = self.mro(function.cls)
            overridden = (
                base.summary.methods[function.summary.name].contract
                for base in bases[1:]
                if isinstance(base, Class) and function.summary.name in base.summary.methods
            )
            contract = next((found for found in overridden if found), ())
        if not contract or contract[0] == "cooperative":
            return None
        word, kind, undone_by, *owned = contract
        if word == "acquires":
            known = kind if kind in KINDS else "subscription"
            acquire = Acquire(function.name, known, bool(owned), undone_by=undone_by)
            return Callee(function.name, acquire, confidence="annotation", function=function)
        return Callee(function.name, registers=word == "registers", releases=word == "releases")

    def _paired(self, method: Function) -> Acquire | None:
        """The contract of `add_x` that keeps its argument in a field which `remove_x` empties."""
        if method.cls is None or not method.summary.params:
            return None
        kept = {
            use.target
            for use in method.summary.uses
            if use.verb == "store"
            and use.target.startswith("self.")
            and use.subject in method.summary.params[1:]
        }
        if not kept or any(self._is_weak(method.cls, place) for place in kept):
            return None
        for name in opposites(method.summary.name):
            opposite = self.method(method.receiver or method.cls, name)
            if opposite is not None and any(
                place in part
                for part in (opposite.summary.reads, opposite.summary.writes)
                for place in kept
            ):
                return Acquire(method.name, "subscription", undone_by=name)
        return None

    def _is_weak(self, cls: Class, place: str) -> bool:
        """Whether a field holds its members by weak references: they end with themselves."""
        name = place.removeprefix("self.")
        return any(
            "Weak" in base.summary.fields.get(name, "")
            for base in self.mro(cls)
            if isinstance(base, Class)
        )

    def _contract(self, name: str) -> Callee | None:
        profile = self.profile
        acquire = profile.acquires.get(name)
        if acquire is not None:
            return Callee(name, acquire)
        if name in profile.registers:
            return Callee(name, registers=True)
        if name in profile.releases:
            return Callee(name, releases=True)
        return None

    def _names(self, symbol: Symbol) -> Iterator[str]:
        """The full names under which a contract may speak of a symbol, most derived first."""
        if isinstance(symbol, Function):
            if symbol.receiver is not None and symbol.cls is not None:
                for base in self.mro(symbol.receiver):
                    yield f"{self.class_name(base)}.{symbol.summary.name}"
                    if base is symbol.cls:
                        break
            yield symbol.name
        elif isinstance(symbol, Class):
            for base in self.mro(symbol):
                yield self.class_name(base)
        elif isinstance(symbol, External):
            yield symbol.name

    # --- what functions give back -----------------------------------------------------------

    def returned_handle(self, function: Function) -> Acquire | None:
        """The contract of a function that gives its caller a live handle, or None.

        By its return annotation, or because it returns what an acquire gave it. What it keeps,
        registers or ends as well as returns is its own business.
        """
        return self._handles.ask(function.summary, lambda: self._returned_handle(function))

    def _returned_handle(self, function: Function) -> Acquire | None:
        summary = function.summary
        if summary.is_property or self._hands_on(function) or not self._is_shown(function):
            return None
        scope = self.scope_of(function)
        for returned in summary.returned:
            reference = returned.ref.removeprefix(AWAITED)
            inner = self.resolve(reference, scope)
            if inner is None:
                continue
            # Awaiting a coroutine gives what it returns, awaiting a task gives none.
            direct = reference is returned.ref or (
                isinstance(inner, Function) and inner.summary.is_async
            )
            own = reference.count(".") == 1 and reference.startswith(f"{scope.me}.")
            for name in self._names(inner):
                acquire = self.profile.acquires.get(name)
                if acquire is not None:
                    if acquire.owned or acquire.undone_by:
                        return None
                    if acquire.kind != "task" or direct:
                        return replace(acquire, name=function.name, from_elsewhere=not own)
            if isinstance(inner, Function):
                acquire = self.returned_handle(inner)
                if acquire is not None and (acquire.kind != "task" or direct):
                    elsewhere = acquire.from_elsewhere or not own
                    return replace(acquire, name=function.name, from_elsewhere=elsewhere)
        if self.is_handle_type(summary, scope):
            return Acquire(function.name, "subscription")
        return None

    def filled(self, function: Function) -> list[tuple[str, Acquire]]:
        """The parameters that a function puts live handles into: its caller has them then."""
        scope, found = self.scope_of(function), []
        for name, call in function.summary.fills:
            acquire = self.callee(call, scope).acquire
            if acquire is not None and not (acquire.owned or acquire.undone_by):
                found.append((name, acquire))
        return found

    def _hands_on(self, function: Function) -> bool:
        """Whether what a function returns is kept or registered already, or is its caller's own."""
        summary, scope = function.summary, self.scope_of(function)
        for item in summary.returned:
            callee = self.callee(item.ref, scope)
            if callee.registers or (item.via == "" and _owns(callee)):
                return True
        locals_ = {item.via for item in summary.returned if item.via}
        given_back = {use.subject for use in summary.uses if use.verb == "return"}
        if given_back & {*summary.params} - {scope.me}:
            return True
        if given_back and all(name.startswith("self.") for name in given_back):
            return True
        return any(
            use.subject in locals_ and self._keeps(use, scope)
            for part in everything(summary)
            for use in part.uses
        )

    def _keeps(self, use: Use, scope: Scope) -> bool:
        """Whether a use of a local puts what it holds where something else answers for it."""
        if use.verb == "store":
            outside = scope.module.values.keys() | scope.module.imports.keys()
            return use.target == "*" or use.target.startswith("self.") or use.target in outside
        if use.verb != "pass":
            return False
        callee = self.callee(use.target, scope)
        if callee.registers or callee.releases or _owns(callee):
            return True
        if callee.function is None:
            return False
        fate = self.argument_fate(callee.function, use.slot)
        return fate.discharged or bool(fate.fields)

    def _is_shown(self, function: Function) -> bool:
        """Whether a function's decorators let the caller have what it returns, as far as known."""
        scope = Scope(function.module, function.cls)
        for reference in function.summary.decorators:
            found = self.resolve(reference.removesuffix(".()"), scope)
            if isinstance(found, Function) and found.summary.params and found.summary.nested:
                wrapped = found.summary.params[0]
                parts = list(everything(found.summary))
                passes_through = any(
                    item.ref.removeprefix(AWAITED) in {*part.params[:1], wrapped}
                    for part in parts
                    for item in part.returned
                )
                kept = {item.via for part in parts for item in part.returned} & {
                    use.subject for part in parts for use in part.uses if use.verb == "store"
                }
                if not passes_through or kept:
                    return False
        return True

    def is_handle_type(self, summary: FunctionSummary, scope: Scope) -> bool:
        """Whether a return annotation says that the function hands out an unsubscribe."""
        reference = summary.returns
        if not reference or reference.startswith(ITEMS):
            return False
        names = set(self._alias_names(reference, scope.module))
        if names & self.profile.handle_types:
            return True
        if any(UNSUBSCRIBE_NAME.match(name.rpartition(".")[2]) for name in names):
            return True
        return "@unsubscribe" in names and (
            SUBSCRIBING.match(summary.name) is not None
            or takes_handler(summary.name, summary.params, summary.annotations)
        )

    def _alias_names(self, reference: str, module: ModuleSummary) -> Iterator[str]:
        """The full names that an annotation goes by, from the import to the definition."""
        for _ in range(_DEPTH):
            if reference == "@unsubscribe":
                yield reference
                return
            head, _, rest = reference.partition(".")
            yield f"{module.name}.{reference}"
            origin = module.imports.get(head)
            if origin is None:
                value = module.values.get(reference)
                if value is None or value.startswith("@.") or value == reference:
                    return
                reference = value
                continue
            source, _, attribute = origin.partition(":")
            path = ".".join(part for part in (source, attribute, rest) if part)
            yield path
            owner, _, reference = path.rpartition(".")
            found = self._load(owner, module.path)
            if found is None:
                return
            module = found

    # --- arguments ----------------------------------------------------------------------------

    # --- arguments --------------------------------------------------------------------------

    def argument_fate(self, function: Function, slot: str) -> Fate:
        """What a function does with a handle passed as its argument `slot`.

        `slot` is a position as the caller counts (without `self`) or a keyword.
        """
        return self._fates.ask((function.summary, slot), lambda: self._read_fate(function, slot))

    def _read_fate(self, function: Function, slot: str) -> Fate:
        summary = function.summary
        name = parameter(function, slot)
        is_unwritten = summary.is_stub and (function.is_replaced or bool(summary.decorators))
        if summary.is_abstract or not name or is_unwritten:
            return DISCHARGED
        scope = self.scope_of(function)
        fate = KEPT
        for part in everything(summary):
            if part is not summary and name in part.params:
                continue
            for use in part.uses:
                if use.subject == name:
                    fate = fate | self._fate_of(use, function, scope)
        return fate

    def _fate_of(self, use: Use, function: Function, scope: Scope) -> Fate:
        """What one use of a parameter does with it."""
        if use.verb == "return":
            return Fate(returned=True)
        if use.verb == "store":
            if use.target.startswith("self."):
                return Fate(fields=frozenset((use.target.removeprefix("self."),)))
            if use.target in function.summary.params:
                return Fate(params=frozenset((use.target,)))
            return DISCHARGED
        if use.verb == "pass":
            return self._fate_passed_on(use, function, scope)
        if is_neutral(use, function.summary):
            return KEPT
        return DISCHARGED

    def _fate_passed_on(self, use: Use, function: Function, scope: Scope) -> Fate:
        """What becomes of a parameter that is an argument of a further call."""
        callee = self.callee(use.target, scope)
        if callee.registers or callee.releases or callee.function is None:
            return KEPT if is_inert(use.target) else DISCHARGED
        fate = self.argument_fate(callee.function, use.slot)
        if fate.fields and (callee.function.receiver is not function.receiver):
            return DISCHARGED  # another object has it
        return Fate(fate.discharged or fate.returned or bool(fate.params), fields=fate.fields)


def _owns(callee: Callee) -> bool:
    """Whether what a call makes, or is given, has an owner already: `self.register_task(task)`."""
    return callee.acquire is not None and callee.acquire.owned


def _last_words(reference: str) -> str:
    """`node.events.subscribe` for `self.node.events.subscribe`: the object's name and method."""
    return ".".join(reference.split(".")[-2:])


_EXITS = frozenset(
    "sys.exit os._exit os.abort os.execv os.execve os.execvp os.execl exit quit "
    "typing.assert_never typing_extensions.assert_never argparse.ArgumentParser.error "
    "argparse.ArgumentParser.exit pytest.fail pytest.skip".split()
)


def never_returns(callee: Callee, reference: str) -> bool:
    """Whether a call ends the path: `sys.exit()`, and functions annotated to do so."""
    if callee.function is not None:
        return callee.function.summary.never_returns
    return (callee.name or reference) in _EXITS
