"""Who ends what: fields released at a class's end of life, and what callees do to an argument.

All answers come from summaries. What cannot be known counts as released (optimistic), since a
false alarm costs more than a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from daemon_lint.events import Events
from daemon_lint.fates import KEPT, everything, is_neutral, parameter
from daemon_lint.fixpoint import FixedPoint
from daemon_lint.holders import Holders
from daemon_lint.linking import Linker
from daemon_lint.outsiders import OutsideView, runs_at_end
from daemon_lint.pairs import ANY, Undo, is_undoing
from daemon_lint.refs import FILLERS, is_computed, is_inert, is_named_as_ending, sounds_like_ending
from daemon_lint.signatures import Signature
from daemon_lint.summary import Callback, Final, FunctionSummary
from daemon_lint.symbols import Class, Function, Scope, full_name

_T = TypeVar("_T")
_TOO_MANY = 400
_UNDOER = re.compile(r"_(?:un|de)(?:register|subscribe|watch|listen|observe)")


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
    finals: frozenset[Final]
    undos: frozenset[Undo]
    handed_undos: frozenset[Undo]
    """Those in functions made here and handed on, and methods handed on uncalled."""
    held: tuple[tuple[str, str | Deeds], ...]
    """Fields with the methods and functions that run when these are released, for they were put
    there (`self.steps.append(self._stop)`) or added to a task as done callbacks."""
    acquires: bool
    """Whether it acquires something itself: then what it releases it may only re-arm."""


_NOTHING: frozenset[Any] = frozenset()
_JOINS = frozenset(("wait", "wait_for", "gather", "shield"))
_BEGINS = re.compile(r"_*(?:async_)?(?:add|register|set|setup|start|create|schedule|subscribe)_")
_ENDS_ANOTHER = re.compile(r"remove|release|detach|disconnect|unsub|cancel|finish|disable|defer")


def _may_end(name: str, members: list[Class]) -> bool:
    """Whether a method's name, and its parameters in some class, say that it ends its object.

    Not `add_to_platform_finish()`, nor `remove(key)`, which ends what it is given.
    """
    if not sounds_like_ending(name) or _BEGINS.match(name):
        return False
    if not _ENDS_ANOTHER.search(name):
        return True
    found = (member.summary.methods.get(name) for member in members)
    return any(method is not None and not Signature.of(method).needed()[0] for method in found)


def _frozen(items: Iterable[_T]) -> frozenset[_T]:
    """A frozen set; all that are empty are one, since there are very many of them."""
    return frozenset(items) or _NOTHING


def _fields(subjects: set[str]) -> frozenset[str]:
    return _frozen(name for name in subjects if name.startswith("self."))


class Ownership:
    """Answers about ends of life, remembered for one linker."""

    def __init__(self, linker: Linker, events: Events) -> None:
        self.linker = linker
        self.events = events
        self._ends: dict[Class, EndOfLife] = {}
        self._deeds: dict[FunctionSummary, Deeds] = {}
        self._released: dict[tuple[Class, str, str], frozenset[str]] = {}
        self._outsiders = OutsideView(linker)
        self.holders = Holders(
            linker,
            self.universe,
            self.released_by,
            lambda cls: self._outsiders.of(cls.module).touched,
        )
        self._done = FixedPoint[tuple[FunctionSummary, str], frozenset[str]](frozenset())

    # --- fields -----------------------------------------------------------------------------

    def end_of_life(self, cls: Class) -> EndOfLife:
        """What is released when an instance of `cls`, or of a subclass, ends."""
        found = self._ends.get(cls)
        if found is None:
            found = self._ends[cls] = self._find_end(cls)
        return found

    def releases_field(self, cls: Class, name: str) -> bool:
        """Whether a handle in field `self.<name>` is released at the end, or by an outsider.

        `state.timers` names an attribute of the object in the field `state`.
        """
        if "." in name:
            field, _, last = name.rpartition(".")
            held = self.holders.made(cls, field)
            if held is not None:
                return self._is_computed(cls, field) or self.holders.gives_back(
                    cls, field, held, last
                )
            return last in self._outsiders.of(cls.module).named or self.releases_field(cls, field)
        return (
            f"self.{name}" in self.end_of_life(cls).released
            or self._is_computed(cls, name)
            or self.is_touched_outside(cls, name)
        )

    def is_touched_outside(self, cls: Class, name: str) -> bool:
        """Whether other code may release the handle in field `self.<name>`."""
        return self._outsiders.of(cls.module).named.covers(name, self.universe(cls))

    def _is_computed(self, cls: Class, name: str) -> bool:
        """Whether the end of life releases fields by computed names that this one may have."""
        released = self.end_of_life(cls).released
        return any(fnmatchcase(f"self.{name}", item) for item in released if is_computed(item))

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
        members = self.universe(cls)
        outsiders = self._outsiders.of(cls.module)
        methods: dict[str, list[Deeds]] = {}
        for member in members:
            for name, method in member.summary.methods.items():
                methods.setdefault(name, []).append(self.deeds(member, method))
        called_here = {
            name
            for other, found in methods.items()
            if not profile.ends_life(other)
            for deeds in found
            for name in deeds.mentions
        }
        parts = self._parts_of_others(methods, called_here, members)
        is_free = self.linker.strict_base(cls) is None
        setters: dict[str, list[Deeds]] = {}
        for member in members:
            for method in member.summary.methods.values():
                for decorator in method.decorators:
                    if decorator.endswith(".setter"):
                        name = f"self.{decorator.removesuffix('.setter')}"
                        setters.setdefault(name, []).append(self.deeds(member, method))
        held: dict[str, list[Deeds]] = {}
        for others in methods.values():
            for deeds in others:
                for field, item in deeds.held:
                    runs = [item] if isinstance(item, Deeds) else methods.get(item, ())
                    held.setdefault(field, []).extend(runs)
        queue: list[Deeds] = []
        handed_over: set[str] = set()
        waiting: dict[str, set[str]] = {}
        """What methods give up once the end has written a field."""
        undos = set(outsiders.undos_for(members))
        for name, found in methods.items():
            if (
                (profile.ends_life(name) and name not in parts)
                or name == "__del__"
                or outsiders.ending.covers(name, members)
                or (_may_end(name, members) and outsiders.named.covers(name, members))
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
                    for final in deeds.finals:
                        # What it assigns itself it may only re-arm.
                        ended = self._given_up(final.subject, methods) - deeds.writes
                        ended.add(final.subject)
                        if final.until:
                            waiting.setdefault(final.until, set()).update(ended)
                        else:
                            handed_over |= ended
                queue += deeds.registered_functions
                for registered in sorted(deeds.registered_methods):
                    queue += methods.get(registered, ())
        reached: dict[int, Deeds] = {}
        for deeds in queue:  # which grows: what runs first is told first, in the same order always
            if id(deeds) not in reached:
                reached[id(deeds)] = deeds
                for name in sorted(deeds.mentions & methods.keys()):
                    queue += methods[name]
                for name in sorted(deeds.writes & setters.keys()):
                    queue += setters[name]
                for name in sorted(deeds.released & held.keys()):
                    queue += held[name]
                for glob in sorted(filter(is_computed, deeds.released)):
                    for method_name in methods:
                        if fnmatchcase(f"self.{method_name}", glob) and glob != "self.*":
                            queue += methods[method_name]
        written = frozenset[str]().union(*(item.writes for item in reached.values()))
        emptied = frozenset[str]().union(*(item.emptied for item in reached.values()))
        for field, ended in waiting.items():
            if field in written or field in emptied:
                handed_over |= ended
        return EndOfLife(
            released=frozenset(handed_over).union(*(item.released for item in reached.values())),
            written=written,
            emptied=emptied,
            undos=frozenset(undos).union(*(item.undos for item in reached.values())),
            searched=tuple(item.place for item in reached.values()),
        )

    def _parts_of_others(
        self, methods: Iterable[str], called: set[str], members: list[Class]
    ) -> set[str]:
        """Private methods named as ends that are but a part of what calls them.

        `_tear_down()`, called by `reconnect()` alone, is no end beside `stop()`. One that is handed
        over may be called by anybody.
        """
        ends = {name for name in methods if self.linker.profile.ends_life(name)}
        parts = {name for name in ends & called if name[:1] == "_" and name[:2] != "__"}
        if parts == ends:
            return set()
        if parts:
            parts -= {
                callback.ref.removeprefix("self.")
                for member in members
                for method in member.summary.methods.values()
                for part in everything(method)
                for callback in part.callbacks
            }
        return parts

    @staticmethod
    def _given_up(subject: str, methods: dict[str, list[Deeds]]) -> set[str]:
        """What a method releases that acquires nothing itself, by calls named as ends too."""
        found: set[str] = set()
        seen: set[str] = set()
        queue = [subject.removeprefix("self.")]
        while queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                for deeds in methods.get(name, ()):
                    if not deeds.acquires:
                        found |= deeds.released
                        queue += filter(sounds_like_ending, deeds.mentions)
        return found

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
        mentions = {name for part in everything(summary) for name in part.self_refs}
        handed_over: set[str] = set()
        stores: dict[str, set[str]] = {}
        registered: set[str] = set()
        functions: list[Deeds] = []
        held: list[tuple[str, str | Deeds]] = []
        parts = list(everything(summary))
        undos = {
            undo._replace(module=cls.module.path): part is not summary or not undo.called
            for part in parts
            for undo in part.undos
        }
        for part in parts:
            for use in part.uses:
                if use.verb == "store":
                    stores.setdefault(use.target, set()).add(use.subject)
                elif use.verb == "pass" and use.subject == scope.me != "":
                    for name in self._done_to(use.target, use.slot, scope):
                        (released if name.startswith("self.") else mentions).add(name)
                elif use.verb == "pass":
                    if not use.subject.startswith("self."):
                        released.add(use.subject)  # matters only for fields stored in it
                    elif self._joins(use.target, scope):
                        released.add(use.subject)
                    elif self._ends_argument(use.target, use.slot, scope):
                        released.add(use.subject)
                        handed_over.add(use.subject)
                elif not is_neutral(use, part):
                    released.add(use.subject)
            for callback in part.callbacks:
                inner = part.nested.get(callback.ref) or summary.nested.get(callback.ref)
                if inner is None and not callback.ref.startswith("self."):
                    continue
                if inner is None:
                    undos.update(dict.fromkeys(self._undone_in(callback.target, scope), False))
                fields = self._filled(callback.target, cls, part)
                if fields and self._is_called_by_others(callback, part, scope):
                    fields = set()
                if inner is None:
                    held += [(field, callback.ref.removeprefix("self.")) for field in fields]
                elif inner is not summary:
                    held += [(field, self.deeds(cls, inner)) for field in fields]
                if not runs_at_end(self.linker, callback.target, scope):
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
            writes=_frozen(name for part in parts for name in part.writes),
            emptied=_frozen(name for part in parts for name in part.emptied),
            mentions=_frozen(mentions),
            registered_methods=_frozen(registered),
            registered_functions=tuple(functions),
            finals=_frozen(final for part in parts for final in part.finals),
            undos=_frozen(undos),
            handed_undos=_frozen(undo for undo, is_handed in undos.items() if is_handed),
            held=tuple(held),
            acquires=any(
                self.linker.callee(call, scope).acquire is not None
                for part in parts
                for call in part.calls
            ),
        )

    def _undone_in(self, target: str, scope: Scope) -> Iterator[Undo]:
        """What a function that is given a callback takes back: `detach(emitter, "a", self.cb)`."""
        function = self.linker.callee(target, scope).function
        if function is None or function.cls is not None:
            return
        given = {f"name:{name}" for name in function.summary.params}
        for undo in function.summary.undos:
            args = tuple((slot, ANY if text in given else text) for slot, text in undo.args)
            yield undo._replace(receiver=ANY, args=args, module=function.module.path)

    def _filled(self, target: str, cls: Class, part: FunctionSummary) -> set[str]:
        """The fields that a callback is put into, by assignment or `self.steps.append(…)`.

        Or whose task runs it when it is done: `self.task.add_done_callback(…)`.
        """
        head, *names = target.split(".")
        if head != "self" and names == ["add_done_callback"]:
            stored = (use for use in part.uses if use.verb == "store" and use.subject == head)
            return {use.target for use in stored if use.target[:5] == "self."}
        if head != "self" or not names or len(names) > 2:
            return set()
        if len(names) == 2 and names[1] not in FILLERS and names[1] != "add_done_callback":
            return set()
        if len(names) == 1 and self.linker.method(cls, names[0]) is not None:
            return set()
        return {f"self.{names[0]}"}

    def _is_called_by_others(self, kept: Callback, part: FunctionSummary, scope: Scope) -> bool:
        """Whether what is kept is the handle: a subscription calls back, its release does not."""
        return kept.target.count(".") == 1 and any(
            callback.ref == kept.ref and self.linker.callee(callback.target, scope).acquire
            for callback in part.callbacks
        )

    def _done_to(self, target: str, slot: str, scope: Scope) -> frozenset[str]:
        """What a call does to an object given to it: fields it releases, methods it calls."""
        function = self.linker.callee(target, scope).function
        name = parameter(function, slot) if function is not None else ""
        if function is None or not name:
            return frozenset()
        return self._done.ask((function.summary, name), lambda: self._read_done(function, name))

    def _read_done(self, function: Function, name: str) -> frozenset[str]:
        found: set[str] = set()
        scope = self.linker.scope_of(function)
        for part in everything(function.summary):
            for use in part.uses:
                if use.subject == name and use.verb == "pass":
                    found |= self._done_to(use.target, use.slot, scope)
                elif (
                    use.subject[:2] == "*."
                    and use.verb in ("release", "return", "pass")
                    and name in part.receivers.get(use.subject[2:], ())
                ):
                    found.add(f"self.{use.subject[2:]}")
            for call in part.calls:
                receiver, _, method = call.rpartition(".")
                if receiver == name:
                    found.add(method)
        return frozenset(found)

    def _joins(self, target: str, scope: Scope) -> bool:
        """Whether a call only waits for what it is given, or puts it together to be awaited."""
        if target.rpartition(".")[2] not in _JOINS:
            return False
        return full_name(self.linker.resolve(target, scope)).startswith("asyncio.")

    def _ends_argument(self, target: str, slot: str, scope: Scope) -> bool:
        if is_inert(target) or not target:
            return not target
        callee = self.linker.callee(target, scope)
        if callee.registers or callee.releases or callee.function is None:
            return True
        return self.linker.argument_fate(callee.function, slot) != KEPT
