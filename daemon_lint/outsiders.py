"""What code of a package does to the attributes of objects that are not its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from daemon_lint.fates import everything
from daemon_lint.holders import touched
from daemon_lint.linking import Linker
from daemon_lint.mentions import Mentions, Owners, Part, called_on_others, classes_of
from daemon_lint.pairs import ANY, Undo
from daemon_lint.refs import is_inert, sounds_like_ending
from daemon_lint.summary import FunctionSummary, ModuleSummary
from daemon_lint.symbols import Class, Scope


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
    touched: Mentions
    """Attributes called or used in any way that may do something to what they hold."""

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
        linker = self.linker
        parts: list[Part] = []
        undos: dict[Undo, frozenset[Class] | None] = {}
        for function, scope in self._functions(module):
            for part in everything(function):
                inner = scope if part is function else Scope(
                    scope.module, scope.cls, (function, part)
                )  # fmt: skip
                parts.append((part, inner))
                for undo in part.undos:
                    self._add_undo(undo, inner, undos)
        return Outsiders(
            Mentions(linker, _named, parts),
            Mentions(linker, self._ending, parts),
            undos,
            Mentions(linker, touched, parts),
        )

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
            classes = classes_of(self.linker, (owner,), scope) if owner != ANY else None
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

    def _ending(self, part: FunctionSummary, scope: Scope) -> Iterator[tuple[str, Owners]]:
        """What a function mentions that ends something, or registers to be called at the end."""
        if self.linker.profile.ends_life(scope.functions[0].name):
            return _named(part, scope)
        return self._registered(part, scope)

    def _registered(self, part: FunctionSummary, scope: Scope) -> Iterator[tuple[str, Owners]]:
        """Methods of other objects that a function registers to be called at the end."""
        for use in part.uses:
            if (
                use.verb == "pass"
                and use.subject[:2] == "*."
                and runs_at_end(self.linker, use.target, scope)
            ):
                name = use.subject[2:]
                yield name, part.receivers.get(name)


def _named(part: FunctionSummary, scope: Scope) -> Iterator[tuple[str, Owners]]:
    """Attributes of others that a function calls, releases or hands on."""
    for use in part.uses:
        if use.subject[:2] == "*." and (
            use.verb in ("release", "return") or (use.verb == "pass" and not is_inert(use.target))
        ):
            name = use.subject[2:]
            yield name, part.receivers.get(name)
    yield from called_on_others(part, scope)
