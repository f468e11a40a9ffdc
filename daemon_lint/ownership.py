"""Who ends what: fields released at a class's end of life, and what callees do to an argument.

All answers come from summaries. What cannot be known counts as released (optimistic), since a
false alarm costs more than a miss.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from daemon_lint.fixpoint import FixedPoint
from daemon_lint.linking import Linker
from daemon_lint.names import Class, Function, Scope
from daemon_lint.pairs import Undo, is_undoing
from daemon_lint.refs import is_inert, is_named_as_ending, sounds_like_ending
from daemon_lint.summary import FunctionSummary, ModuleSummary, Use

NEUTRAL_METHODS = frozenset(
    "add_done_callback remove_done_callback done cancelled cancelling get_name set_name is_alive "
    "getName setName setDaemon isDaemon when start get_loop get_coro get_stack print_stack "
    "exception is_set wait_ready append add appendleft insert extend update push keys values "
    "items get index count copy setdefault".split()
)
"""Methods of a handle (or of a container of handles) that leave it alive."""

_TOO_MANY = 400
_UNDOER = re.compile(r"_(?:un|de)(?:register|subscribe|watch|listen|observe)")


@dataclass(frozen=True, slots=True)
class Fate:
    """What a function may do with a handle that it is given; nothing, if all is left empty."""

    discharged: bool = False
    """Released, registered, or handed to what nobody can see."""
    returned: bool = False
    fields: frozenset[str] = frozenset()
    """The fields of its own object that it is stored in."""
    params: frozenset[str] = frozenset()
    """The parameters whose objects it is stored in."""

    def __or__(self, other: Fate) -> Fate:
        return Fate(
            self.discharged or other.discharged,
            self.returned or other.returned,
            self.fields | other.fields,
            self.params | other.params,
        )


KEPT = Fate()
DISCHARGED = Fate(discharged=True)


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """What the end of a class's life reaches."""

    released: frozenset[str]
    written: frozenset[str]
    emptied: frozenset[str]
    undos: frozenset[Undo]
    """Calls that may undo a paired acquire."""
    searched: tuple[tuple[str, int, str], ...]
    """The methods that were searched, as (path, line, name)."""


@dataclass(frozen=True, slots=True)
class Outsiders:
    """Attributes (`*.name`) of other objects that the code of a package names or ends."""

    named: frozenset[str]
    """Called, released or handed on anywhere."""
    ending: frozenset[str]
    """The same in functions that end something, or registered to be called at an end."""
    undos: frozenset[Undo]
    """Calls that may undo what another object acquired, by naming its callback."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What one method does to the fields of its object, nested functions included."""

    place: tuple[str, int, str]
    released: frozenset[str]
    handed_over: frozenset[str]
    """Fields given to a registrar, or to code that we cannot see."""
    writes: frozenset[str]
    emptied: frozenset[str]
    mentions: frozenset[str]
    registered_methods: frozenset[str]
    registered_functions: tuple[Deeds, ...]
    finals: frozenset[str]
    """Fields released when what the method runs ends, by its `finally`."""
    undos: frozenset[Undo]
    handed_undos: frozenset[Undo]
    """Those in functions made here and handed on, and methods handed on uncalled."""
    acquires: bool
    """Whether it acquires something itself: then what it releases it may only re-arm."""


def _parameter(function: Function, slot: str) -> str:
    """The name of the parameter that an argument binds, or an empty string."""
    params = list(function.summary.params)
    if function.cls is not None and not function.summary.is_static and params:
        params.pop(0)
    if slot.isdigit():
        return params[int(slot)] if int(slot) < len(params) else ""
    return slot if slot in params else ""


def argument_for(function: Function, name: str, node: ast.Call) -> ast.expr | None:
    """The argument of a call that a parameter gets, or None where that cannot be told."""
    for index, item in enumerate(node.args):
        if isinstance(item, ast.Starred):
            break
        if _parameter(function, str(index)) == name:
            return item
    return next((item.value for item in node.keywords if item.arg == name), None)


def _fields(subjects: set[str]) -> frozenset[str]:
    return frozenset(name for name in subjects if name.startswith("self."))


def _package(module: ModuleSummary) -> str:
    return os.path.dirname(module.path)


def everything(summary: FunctionSummary) -> Iterator[FunctionSummary]:
    """A function's summary and those of all functions nested in it."""
    yield summary
    for inner in summary.nested.values():
        yield from everything(inner)


class Ownership:
    """Answers about ends of life, remembered for one linker."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self._ends: dict[Class, EndOfLife] = {}
        self._deeds: dict[FunctionSummary, Deeds] = {}
        self._fates = FixedPoint[tuple[FunctionSummary, str], Fate](KEPT)
        self._released: dict[tuple[Class, str, str], frozenset[str]] = {}
        self._outsiders: dict[str, Outsiders] = {}
        self._packages: dict[str, list[ModuleSummary]] = {}
        for module in linker.modules():
            self._packages.setdefault(_package(module), []).append(module)

    # --- fields -----------------------------------------------------------------------------

    def end_of_life(self, cls: Class) -> EndOfLife:
        """What is released when an instance of `cls`, or of a subclass, ends."""
        found = self._ends.get(cls)
        if found is None:
            found = self._ends[cls] = self._find_end(cls)
        return found

    def releases_field(self, cls: Class, name: str) -> bool:
        """Whether a handle in field `self.<name>` is released at the end, or by an outsider."""
        return (
            f"self.{name}" in self.end_of_life(cls).released
            or f"*.{name}" in self.outsiders(cls.module).named
        )

    def released_by(self, cls: Class, method: str, but: str = "") -> frozenset[str]:
        """The fields that a method of `cls`, and what it calls of the same object, releases.

        What the method `but` does is left out.
        """
        key = (cls, method, but)
        known = self._released.get(key)
        if known is None:
            found: set[str] = set()
            seen: set[str] = {but}
            queue = {method} - seen
            while queue:
                name = queue.pop()
                seen.add(name)
                function = self.linker.method(cls, name)
                if function is not None and function.cls is not None:
                    deeds = self.deeds(function.cls, function.summary)
                    found |= deeds.released
                    queue.update(item for item in deeds.mentions if item not in seen)
            known = self._released[key] = frozenset(found)
        return known

    def undone_by(self, cls: Class, method: str) -> frozenset[Undo]:
        """The calls that may undo a paired acquire in a method of `cls` and what it calls."""
        found: set[Undo] = set()
        seen: set[str] = set()
        queue = [method]
        while queue:
            name = queue.pop()
            function = self.linker.method(cls, name) if name not in seen else None
            seen.add(name)
            if function is not None and function.cls is not None:
                deeds = self.deeds(function.cls, function.summary)
                found |= deeds.undos
                queue += deeds.mentions
        return frozenset(found)

    def _find_end(self, cls: Class) -> EndOfLife:
        profile = self.linker.profile
        methods: dict[str, list[Deeds]] = {}
        for member in self.universe(cls):
            for name, method in member.summary.methods.items():
                methods.setdefault(name, []).append(self.deeds(member, method))
        outsiders = self.outsiders(cls.module)
        called_here = {
            name
            for other, found in methods.items()
            if not profile.ends_life(other)
            for deeds in found
            for name in deeds.mentions
        }
        is_free = self.linker.strict_base(cls) is None
        queue: list[Deeds] = []
        handed_over: set[str] = set()
        undos: set[Undo] = set(outsiders.undos)
        for name, found in methods.items():
            if (
                profile.ends_life(name)
                or name == "__del__"
                or f"*.{name}" in outsiders.ending
                or (f"*.{name}" in outsiders.named and sounds_like_ending(name))
            ):
                queue += found
            elif is_free and is_named_as_ending(name) and name not in called_here:
                # For users of the class to call: `loop_stop()`, `stop_polling()`.
                handed_over.update(*(deeds.released for deeds in found if not deeds.acquires))
            if is_undoing(name) or _UNDOER.search(name) or sounds_like_ending(name):
                undos.update(*(deeds.undos for deeds in found))
            for deeds in found:
                undos |= deeds.handed_undos
                handed_over |= deeds.handed_over
                if is_free:
                    handed_over |= deeds.finals
                queue += deeds.registered_functions
                for registered in deeds.registered_methods:
                    queue += methods.get(registered, ())
        reached: dict[int, Deeds] = {}
        while queue:
            deeds = queue.pop()
            if id(deeds) not in reached:
                reached[id(deeds)] = deeds
                for name in deeds.mentions:
                    queue += methods.get(name, ())
        return EndOfLife(
            released=frozenset(handed_over).union(*(item.released for item in reached.values())),
            written=frozenset().union(*(item.writes for item in reached.values())),
            emptied=frozenset().union(*(item.emptied for item in reached.values())),
            undos=frozenset(undos).union(*(item.undos for item in reached.values())),
            searched=tuple(item.place for item in reached.values()),
        )

    def universe(self, cls: Class) -> list[Class]:
        """The class, its bases, its subclasses and their bases: one object may have all these."""
        found: dict[Class, None] = {}
        for member in [cls, *self.linker.subclasses(cls)][:_TOO_MANY]:
            for base in self.linker.mro(member):
                if isinstance(base, Class):
                    found[base] = None
        return list(found)

    def deeds(self, cls: Class, summary: FunctionSummary) -> Deeds:
        """What one method (or a function nested in one) of `cls` does to fields."""
        known = self._deeds.get(summary)
        if known is None:
            known = self._deeds[summary] = self._read_deeds(cls, summary)
        return known

    def _read_deeds(self, cls: Class, summary: FunctionSummary) -> Deeds:
        scope = Scope(cls.module, cls, (summary,))
        released: set[str] = set()
        handed_over: set[str] = set()
        stores: dict[str, set[str]] = {}
        registered: set[str] = set()
        functions: list[Deeds] = []
        parts = list(everything(summary))
        for part in parts:
            for use in part.uses:
                if use.verb == "store":
                    stores.setdefault(use.target, set()).add(use.subject)
                elif use.verb == "pass":
                    if not use.subject.startswith("self."):
                        released.add(use.subject)  # matters only for fields stored in it
                    elif self._ends_argument(use.target, use.slot, scope):
                        released.add(use.subject)
                        handed_over.add(use.subject)
                elif use.verb != "method" or use.target not in NEUTRAL_METHODS:
                    released.add(use.subject)
            for callback in part.callbacks:
                inner = part.nested.get(callback.ref) or summary.nested.get(callback.ref)
                if inner is None and not callback.ref.startswith("self."):
                    continue
                if not self._runs_at_end(callback.target, scope):
                    continue
                if inner is None:
                    registered.add(callback.ref.removeprefix("self."))
                elif inner is not summary:
                    functions.append(self.deeds(cls, inner))
        for target in [*released, "*"]:
            released |= stores.get(target, set())
        return Deeds(
            place=(cls.module.path, summary.line, summary.name),
            released=_fields(released),
            handed_over=_fields(handed_over),
            writes=frozenset(name for part in parts for name in part.writes),
            emptied=frozenset(name for part in parts for name in part.emptied),
            mentions=frozenset(name for part in parts for name in part.self_refs),
            registered_methods=frozenset(registered),
            registered_functions=tuple(functions),
            finals=frozenset(name for part in parts for name in part.finals),
            undos=frozenset(undo for part in parts for undo in part.undos),
            handed_undos=frozenset(
                undo
                for part in parts
                for undo in part.undos
                if part is not summary or not undo.called
            ),
            acquires=any(
                self.linker.callee(call, scope).acquire is not None
                for part in parts
                for call in part.calls
            ),
        )

    def _runs_at_end(self, target: str, scope: Scope) -> bool:
        return (
            target == "return"
            or sounds_like_ending(target)
            or self.linker.callee(target, scope).registers
        )

    def _ends_argument(self, target: str, slot: str, scope: Scope) -> bool:
        if is_inert(target) or not target:
            return not target
        callee = self.linker.callee(target, scope)
        if callee.registers or callee.releases or callee.function is None:
            return True
        return self.argument_fate(callee.function, slot) != KEPT

    # --- outsiders --------------------------------------------------------------------------

    def outsiders(self, module: ModuleSummary) -> Outsiders:
        """What code of the same package calls, releases or hands on of other objects."""
        package = _package(module)
        found = self._outsiders.get(package)
        if found is None:
            found = self._outsiders[package] = self._read_outsiders(package)
        return found

    def _read_outsiders(self, package: str) -> Outsiders:
        named: set[str] = set()
        ending: set[str] = set()
        undos: set[Undo] = set()
        for module in self._packages.get(package, ()):
            functions = list(module.functions.values())
            for cls in module.classes.values():
                functions += cls.methods.values()
            for function in functions:
                found = self._outside(function, module)
                named |= found
                undos.update(
                    undo
                    for part in everything(function)
                    for undo in part.undos
                    if any(text.startswith("*.") for _, text in undo.args)
                )
                if self.linker.profile.ends_life(function.name):
                    ending |= found
                else:
                    ending |= self._registered_outside(function, module)
        return Outsiders(frozenset(named), frozenset(ending), frozenset(undos))

    @staticmethod
    def _outside(function: FunctionSummary, module: ModuleSummary) -> set[str]:
        found: set[str] = set()
        me = function.params[0] if function.params else ""
        for part in everything(function):
            for use in part.uses:
                if use.subject.startswith("*.") and (
                    use.verb in ("release", "return")
                    or (use.verb == "pass" and not is_inert(use.target))
                ):
                    found.add(use.subject)
            for call in part.calls:
                head, _, name = call.rpartition(".")
                if head and head not in (me, "self", "super.()"):
                    found.add(f"*.{name}")
        return found

    def _registered_outside(self, function: FunctionSummary, module: ModuleSummary) -> set[str]:
        """Methods of others that a function registers to be called at the end."""
        scope = Scope(module, None, (function,))
        return {
            use.subject
            for part in everything(function)
            for use in part.uses
            if use.verb == "pass"
            and use.subject.startswith("*.")
            and self._runs_at_end(use.target, scope)
        }

    # --- arguments --------------------------------------------------------------------------

    def argument_fate(self, function: Function, slot: str) -> Fate:
        """What a function does with a handle passed as its argument `slot`.

        `slot` is a position as the caller counts (without `self`) or a keyword.
        """
        return self._fates.ask((function.summary, slot), lambda: self._read_fate(function, slot))

    def _read_fate(self, function: Function, slot: str) -> Fate:
        summary = function.summary
        name = _parameter(function, slot)
        if summary.is_abstract or not summary.does_work or not name:
            return DISCHARGED
        scope = self.linker.scope_of(function)
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
        if use.verb == "method" and use.target in NEUTRAL_METHODS:
            return KEPT
        return DISCHARGED

    def _fate_passed_on(self, use: Use, function: Function, scope: Scope) -> Fate:
        """What becomes of a parameter that is an argument of a further call."""
        callee = self.linker.callee(use.target, scope)
        if callee.registers or callee.releases or callee.function is None:
            return KEPT if is_inert(use.target) else DISCHARGED
        fate = self.argument_fate(callee.function, use.slot)
        if fate.fields and (callee.function.receiver is not function.receiver):
            return DISCHARGED  # another object has it
        return Fate(fate.discharged or fate.returned or bool(fate.params), fields=fate.fields)

    # --- workers ----------------------------------------------------------------------------

    def ends_by_condition(self, cls: Class, condition: Function) -> bool:
        """Whether a function does nothing but look at a field that the end of life writes."""
        summary = condition.summary
        return not (summary.writes or summary.calls) and not self.end_of_life(
            cls
        ).written.isdisjoint(summary.reads)

    def ends_by_flag(self, cls: Class, worker: Function) -> bool:
        """Whether a looping worker reads a field that the end of life writes, sets or fills.

        Or loops as long as a field is filled that the end of life empties.
        """
        if not any(part.loops for part in everything(worker.summary)):
            return False
        end = self.end_of_life(cls)
        return any(
            name in end.written
            for part in everything(worker.summary)
            for name in part.reads
            if name.startswith("self.")
        ) or any(
            name in end.emptied for part in everything(worker.summary) for name in part.loop_tests
        )
