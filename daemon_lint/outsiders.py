"""What code of a package does to the attributes of objects that are not its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daemon_lint.fates import everything
from daemon_lint.holders import Mentioned
from daemon_lint.linking import Linker
from daemon_lint.pairs import ANY, Undo
from daemon_lint.refs import is_inert, sounds_like_ending
from daemon_lint.summary import FunctionSummary, ModuleSummary, Use
from daemon_lint.symbols import Class, External, ExternalInstance, Instance, ModuleRef, Scope

Receivers = tuple[tuple[str, ...] | None, Scope]
"""The refs of the objects whose attribute is mentioned (None: unknown), and where."""


class Mentions:
    """Names of attributes, and the objects whose attributes they are.

    What the objects are is found out for a name when it is asked for: for most it never is.
    """

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        self._receivers: dict[str, list[Receivers]] = {}
        self._classes: dict[str, frozenset[Class] | None] = {}

    def add(self, name: str, receivers: tuple[str, ...] | None, scope: Scope) -> None:
        """Note a mention of an attribute."""
        self._receivers.setdefault(name, []).append((receivers, scope))

    def covers(self, name: str, members: Iterable[Class]) -> bool:
        """Whether the attribute of an object that is all of these classes may be meant."""
        if name not in self._receivers:
            return False
        classes = self._of(name)
        return classes is None or not classes.isdisjoint(members)

    def __contains__(self, name: str) -> bool:
        """Whether the attribute of some object of the project may be meant."""
        return name in self._receivers and self._of(name) != frozenset()

    def _of(self, name: str) -> frozenset[Class] | None:
        """The classes whose attribute is meant; None where nobody knows."""
        if name not in self._classes:
            self._classes[name] = self._find(name)
        return self._classes[name]

    def _find(self, name: str) -> frozenset[Class] | None:
        found: frozenset[Class] = frozenset()
        for receivers, scope in self._receivers[name]:
            classes = _classes(self._linker, receivers, scope)
            if classes is None:
                return None
            found |= classes
        return found


@dataclass(frozen=True, slots=True)
class Outsiders:
    """What the code of one package does to objects that are not its own."""

    named: Mentions
    """Attributes called, released or handed on anywhere."""
    ending: Mentions
    """The same in functions that end something, or registered to be called at an end."""
    undos: dict[Undo, frozenset[Class] | None]
    """Calls that may undo what another object acquired, by naming its callback, with the classes
    of that object; None where nobody knows them."""

    mentioned: Mentioned

    def undos_for(self, members: Iterable[Class]) -> Iterator[Undo]:
        """The calls that may undo what an object acquired that is all of these classes."""
        for undo, classes in self.undos.items():
            if classes is None or not classes.isdisjoint(members):
                yield undo


def runs_at_end(linker: Linker, target: str, scope: Scope) -> bool:
    """Whether a callback given to a call runs when something ends."""
    return (
        target == "return" or sounds_like_ending(target) or linker.callee(target, scope).registers
    )


class OutsideView:
    """Answers for the packages of one linker."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self._known: dict[str, Outsiders] = {}

    def of(self, module: ModuleSummary) -> Outsiders:
        """What the code in a module's folder does to the attributes of others."""
        package = os.path.dirname(module.path)
        found = self._known.get(package)
        if found is None:
            found = self._known[package] = self._read(module)
        return found

    def _read(self, module: ModuleSummary) -> Outsiders:
        named, ending = Mentions(self.linker), Mentions(self.linker)
        mentioned, undos = Mentioned(), dict[Undo, frozenset[Class] | None]()
        for function, scope in self._functions(module):
            ends = self.linker.profile.ends_life(function.name)
            for part in everything(function):
                inner = scope if part is function else Scope(
                    scope.module, scope.cls, (function, part)
                )  # fmt: skip
                mentioned.add(part, inner)
                for undo in part.undos:
                    self._add_undo(undo, inner, undos)
                for name, receivers in self._mentioned(part, inner):
                    named.add(name, receivers, inner)
                    if ends:
                        ending.add(name, receivers, inner)
                if not ends:
                    for use in part.uses:
                        if self._is_registered(use, inner):
                            name = use.subject[2:]
                            ending.add(name, part.receivers.get(name), inner)
        return Outsiders(named, ending, undos, mentioned)

    def _add_undo(
        self, undo: Undo, scope: Scope, undos: dict[Undo, frozenset[Class] | None]
    ) -> None:
        """Note a call that takes back what another object gave: `bus.off("a", panel.changed)`."""
        named = [text[2:] for _, text in undo.args if text[:2] == "*."]
        if not named or (scope.cls is not None and self._is_own(undo, scope.cls)):
            return
        found: frozenset[Class] | None = frozenset()
        for text in named:
            owner = text.rpartition(".")[0]
            classes = _classes(self.linker, (owner,), scope) if owner != ANY else None
            found = None if found is None or classes is None else found | classes
        if found or found is None or scope.cls is None:
            undo = undo._replace(module=scope.module.path)
            undos[undo] = found or None

    def _is_own(self, undo: Undo, cls: Class) -> bool:
        """Whether a call takes back a method of the object that calls it."""
        names = (text.removeprefix("self.") for _, text in undo.args if text[:5] == "self.")
        return any(self.linker.method(cls, name) is not None for name in names)

    def _functions(self, beside: ModuleSummary) -> Iterator[tuple[FunctionSummary, Scope]]:
        for module in self.linker.modules_beside(beside):
            for function in module.functions.values():
                yield function, Scope(module, None, (function,))
            for name, summary in module.classes.items():
                cls = self.linker.class_of(module, name)
                for method in summary.methods.values():
                    yield method, Scope(module, cls, (method,))

    @staticmethod
    def _mentioned(
        part: FunctionSummary, scope: Scope
    ) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        """Attributes of others that a function calls, releases or hands on, with their objects."""
        for use in part.uses:
            if use.subject[:2] == "*." and (
                use.verb in ("release", "return")
                or (use.verb == "pass" and not is_inert(use.target))
            ):
                name = use.subject[2:]
                yield name, part.receivers.get(name)
        for call in part.calls:
            head, _, name = call.rpartition(".")
            if head and head not in (scope.me, "self", "super.()"):
                yield name, (head,)

    def _is_registered(self, use: Use, scope: Scope) -> bool:
        """Whether a method of another object is registered to be called at the end."""
        return (
            use.verb == "pass"
            and use.subject[:2] == "*."
            and runs_at_end(self.linker, use.target, scope)
        )


def _classes(
    linker: Linker, receivers: tuple[str, ...] | None, scope: Scope
) -> frozenset[Class] | None:
    """The classes of some objects, or None where one of them is unknown."""
    if receivers is None:
        return None
    found: set[Class] = set()
    for reference in receivers:
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
