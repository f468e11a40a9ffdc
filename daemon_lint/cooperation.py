"""Which overrides of a cooperative method cut a base off that does work.

Everything is read from summaries. Judged for each concrete class that may be built from the
override: a chain that is whole in one MRO may lose a base in another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daemon_lint.linking import Linker
from daemon_lint.names import Class, Scope
from daemon_lint.refs import is_inert
from daemon_lint.summary import FunctionSummary

_HELPERS = 3


@dataclass(frozen=True, slots=True)
class Cut:
    """An override that never reaches a base's work."""

    method: FunctionSummary
    cls: Class
    lost: Class | str
    concrete: Class
    mro: tuple[Class | str, ...]


class Cooperation:
    """Finds cuts in the classes of a project."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker

    def cuts(self, cls: Class) -> Iterator[Cut]:
        """The overrides of `cls` that cut a working base off, one cut for each at most."""
        for name, method in cls.summary.methods.items():
            if not self.may_cooperate(cls, name) or method.is_static or method.is_property:
                continue
            # Only where bases branch does a subclass have an order of its own.
            mixed = [child for child in self.linker.subclasses(cls) if self.linker.is_mixed(child)]
            for concrete in (cls, *mixed):
                cut = self._cut(cls, name, method, concrete)
                if cut is not None:
                    yield cut
                    break

    def may_cooperate(self, cls: Class, name: str) -> bool:
        """Whether overrides of a method must call the base, as far as its name and class tell."""
        profile = self.linker.profile
        if self._is_stated(cls, name):
            return True
        if name in profile.not_cooperative:
            return False
        if name in profile.cooperative:
            return True
        bases = [base if isinstance(base, str) else base.name for base in self.linker.mro(cls)]
        if any(f"{base}.{name}" in profile.not_cooperative for base in bases):
            return False
        if profile.ends_life(name):
            return True
        strict = self.linker.strict_base(cls)
        if strict is not None and name in ("__init__", strict.methods["initialize"]):
            return True
        return any(f"{base}.{name}" in profile.cooperative for base in bases[1:])

    def _is_stated(self, cls: Class, name: str) -> bool:
        """Whether a decorator on a base's method says that its overrides must call super()."""
        return any(_says_so(base, name) for base in self.linker.mro(cls)[1:])

    def _cut(self, cls: Class, name: str, method: FunctionSummary, concrete: Class) -> Cut | None:
        mro = self.linker.mro(concrete)
        if cls not in mro:
            return None
        own = mro.index(cls)
        if concrete is not cls and not self._is_reached(name, mro, own):
            return None
        lost = self._lost(cls, name, method, mro[own + 1 :])
        if lost is None:
            return None
        if concrete is not cls and not self._is_built(concrete, name):
            return None
        return Cut(method, cls, lost, concrete, mro)

    def _is_reached(self, name: str, mro: tuple[Class | str, ...], own: int) -> bool:
        """Whether the implementations before `mro[own]` lead to it by plain super() calls."""
        for base in mro[:own]:
            if isinstance(base, Class) and name in base.summary.methods:
                continues, explicit = self.continues(base, base.summary.methods[name], name)
                if explicit or not continues:
                    return False
        return True

    def _is_built(self, concrete: Class, name: str) -> bool:
        """A class that puts several implementations together by hand answers for itself."""
        return name not in concrete.summary.methods

    def _lost(
        self, cls: Class, name: str, method: FunctionSummary, rest: tuple[Class | str, ...]
    ) -> Class | str | None:
        """The nearest base that does work and is never reached from `method`."""
        continues, explicit = self.continues(cls, method, name)
        if continues or explicit:
            # An explicit `Base.method(self)` chooses its base; choosing wrongly is DMN204.
            return None
        if not method.does_work and self.linker.strict_base(cls) is None:
            return None  # an empty override says that it replaces the base on purpose
        if _delegates(method, name):
            return None
        return self.working_base(cls, method, rest)

    def working_base(
        self, cls: Class, method: FunctionSummary, rest: tuple[Class | str, ...]
    ) -> Class | str | None:
        """The nearest of the bases in `rest` whose method of this name does work for `cls`."""
        name, profile = method.name, self.linker.profile
        for base in rest:
            full = f"{base if isinstance(base, str) else base.name}.{name}"
            if full in profile.not_cooperative:
                continue
            if isinstance(base, Class):
                found = base.summary.methods.get(name)
                if found is None or _repeats(method, found):
                    continue
                stated = full in profile.cooperative or _says_so(base, name)
                if stated or self._works(found, cls):
                    return base
            elif full in profile.cooperative:
                return base
        return None

    def _works(self, method: FunctionSummary, cls: Class) -> bool:
        """Whether a base's body does work for `cls`: one that only calls empty hooks does none."""
        if not method.does_work:
            return False
        hooks = [call.removeprefix("self.") for call in method.calls if not is_inert(call)]
        if not hooks or method.writes or any("." in name for name in hooks):
            return True
        found = [self.linker.method(cls, name) for name in hooks]
        return any(hook is None or hook.summary.does_work for hook in found)

    def continues(
        self, cls: Class, method: FunctionSummary, name: str, depth: int = 0
    ) -> tuple[bool, bool]:
        """Whether a method calls the same method of its base: by super(), by a base's name."""
        by_super = by_name = False
        stack = [method]
        while stack:
            part = stack.pop()
            stack.extend(part.nested.values())
            for call in part.supers:
                if call.method != name:
                    continue
                if not call.base or call.base.startswith("super("):
                    by_super = True
                else:
                    symbol = self.linker.resolve(call.base, Scope(cls.module, cls, (method,)))
                    by_name = by_name or symbol is None or symbol in self.linker.mro(cls)
                    by_name = by_name or not isinstance(symbol, Class)
        if not (by_super or by_name) and depth < _HELPERS:
            for helper in method.self_refs:
                found = self.linker.method(cls, helper)
                if found is None or found.summary is method or found.cls is None:
                    continue
                # Only a helper of this class or of its subclasses calls *our* base.
                if found.cls is cls:
                    inner = self.continues(cls, found.summary, name, depth + 1)
                    by_super, by_name = by_super or inner[0], by_name or inner[1]
        return by_super, by_name


def _says_so(base: Class | str, name: str) -> bool:
    method = None if isinstance(base, str) else base.summary.methods.get(name)
    return method is not None and method.contract[:1] == ("cooperative",)


def _repeats(method: FunctionSummary, base: FunctionSummary) -> bool:
    """Whether an override does itself all that the base does: the same calls and assignments."""
    calls = {call for call in base.calls if not is_inert(call)}
    fields = {*base.writes, *base.self_refs}
    own = {*method.writes, *method.self_refs}
    return bool(calls | fields) and calls <= set(method.calls) and fields <= own


def _delegates(method: FunctionSummary, name: str) -> bool:
    """Whether the body is but one call of the same method of another object: a proxy."""
    if len(method.calls) != 1:
        return False
    receiver, _, called = method.calls[0].rpartition(".")
    return called == name and "." in receiver and set(method.writes) <= {receiver}
