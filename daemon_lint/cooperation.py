"""Which implementations of a cooperative method a call reaches, and which of them do work.

Everything is read from summaries. Judged for a concrete class: a chain that is whole in one MRO
may lose a base in another.
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.fates import everything
from daemon_lint.installed import find_method
from daemon_lint.linking import Linker
from daemon_lint.refs import is_constructor, is_inert
from daemon_lint.summary import FunctionSummary, Super
from daemon_lint.symbols import Class, External, Function, Instance, Scope

Implementation = FunctionSummary | str
"""A method of the project, or the full name of one outside of it."""

UNKNOWN = "*"
"""Stands among what is reached for whatever a name does not show."""


class Cooperation:
    """Answers for the classes of a project."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.marked = frozenset(name for cls in linker.classes() for name in cls.summary.marked)
        """Methods that some class marks as final or cooperative."""
        self._possible: dict[str, bool] = {}
        self._reached: dict[tuple[FunctionSummary, Class], frozenset[Implementation]] = {}

    # --- who must call whom -----------------------------------------------------------------

    def may_cooperate(self, cls: Class, name: str, concrete: Class | None = None) -> bool:
        """Whether overrides of a method must call the base, as far as its name and class tell.

        `concrete` is the class whose instances are looked at, if it is not `cls`.
        """
        if not self.is_possible(name):
            return False
        profile = self.linker.profile
        concrete = concrete or cls
        if self._is_stated(concrete, name):
            return True
        if name in profile.not_cooperative:
            return False
        if name in profile.cooperative:
            return True
        bases = [*map(self.linker.class_name, self.linker.mro(concrete))]
        if any(f"{base}.{name}" in profile.not_cooperative for base in bases):
            return False
        if profile.ends_life(name):
            return True
        strict = self.linker.strict_base(concrete)
        if strict is not None and name in ("__init__", strict.methods["initialize"]):
            return True
        return any(f"{base}.{name}" in profile.cooperative for base in bases[1:])

    def is_possible(self, name: str) -> bool:
        """Whether overrides of some class's method of this name must call the base."""
        known = self._possible.get(name)
        if known is None:
            profile = self.linker.profile
            hooks = {base.methods["initialize"] for base in profile.bases.values()}
            named = {item.rpartition(".")[2] for item in profile.cooperative}
            known = self._possible[name] = (
                profile.ends_life(name)
                or name in self.marked
                or name in hooks
                or name in named
                or name == "__init__"
            )
        return known

    def _is_stated(self, cls: Class, name: str) -> bool:
        """Whether a decorator on a base's method says that its overrides must call super()."""
        return name in self.marked and any(
            _says_so(base, name) for base in self.linker.mro(cls)[1:]
        )

    # --- who does work ----------------------------------------------------------------------

    def working_bases(
        self, cls: Class, name: str, method: FunctionSummary, rest: tuple[Class | str, ...]
    ) -> Iterator[Class | str]:
        """The bases in `rest`, nearest first, whose method of this name does work for `cls`."""
        profile = self.linker.profile
        for base in rest:
            full = f"{self.linker.class_name(base)}.{name}"
            if full in profile.not_cooperative:
                continue
            if isinstance(base, Class):
                found = base.summary.methods.get(name)
                if found is None or found is method or _repeats(method, found):
                    continue
                stated = full in profile.cooperative or _says_so(base, name)
                if stated or (self._works(found, cls) and self._has_fields(cls, base, found)):
                    yield base
            elif full in profile.cooperative or (
                (found := find_method(base, name)) is not None
                and found.does_work
                and not _repeats(method, found)
                and self._is_initialised(cls, base)
            ):
                yield base

    def _is_initialised(self, cls: Class, base: str) -> bool:
        """Whether instances are what `base` makes of them: else there is nothing for it to end."""
        init = self.linker.method(cls, "__init__")
        if init is None or init.cls is None:
            return True
        reached = self.reached(init.cls, init.summary, cls)
        return not reached.isdisjoint((f"{base}.__init__", UNKNOWN))

    def _has_fields(self, cls: Class, base: Class, method: FunctionSummary) -> bool:
        """Whether instances have what a base's method calls: else it could not run in them."""
        made = base.summary.methods.get("__init__")
        init = self.linker.method(cls, "__init__")
        if made is None or init is None or init.cls is None or made in (method, init.summary):
            return True
        used = {".".join(call.split(".")[:2]) for call in method.calls if call[:5] == "self."}
        needed = used & set(made.writes)
        if not needed or not self.reached(init.cls, init.summary, cls).isdisjoint((made, UNKNOWN)):
            return True
        for other in self.linker.mro(cls):
            if isinstance(other, Class):
                needed -= {f"self.{name}" for name in other.summary.assigned}
                for part in other.summary.methods.values():
                    if part not in (made, method):
                        needed.difference_update(part.writes)
        return not needed

    def _works(self, method: FunctionSummary, cls: Class) -> bool:
        """Whether a base's body does work for `cls`: one that only calls empty hooks does none."""
        if not method.does_work:
            return False
        hooks = [call.removeprefix("self.") for call in method.calls if not is_inert(call)]
        if not hooks or method.writes or any("." in name for name in hooks):
            return True
        found = [self.linker.method(cls, name) for name in hooks]
        return any(hook is None or hook.summary.does_work for hook in found)

    # --- who is reached ---------------------------------------------------------------------

    def reached(
        self, cls: Class, method: FunctionSummary, concrete: Class
    ) -> frozenset[Implementation]:
        """What base methods a method of `cls` runs in an instance of `concrete`, however far."""
        known = self._reached.get((method, concrete))
        if known is None:
            found: set[Implementation] = set()
            waiting = [(cls, method)]
            seen = {method}
            while waiting:
                owner, current = waiting.pop()
                for target_owner, target in self._next(owner, current, concrete):
                    found.add(target)
                    if isinstance(target, FunctionSummary) and target not in seen:
                        seen.add(target)
                        waiting.append((target_owner, target))
            known = self._reached[method, concrete] = frozenset(found)
        return known

    def _next(
        self, cls: Class, method: FunctionSummary, concrete: Class
    ) -> Iterator[tuple[Class, Implementation]]:
        for part in everything(method):
            for call in part.supers:
                yield from self.targets(call, cls, method, concrete)
            for use in part.uses:
                if use.verb == "pass" and method.params[:1] == (use.subject,):
                    scope = Scope(cls.module, cls, (method,))
                    yield from self.handed_on(use.target, scope, concrete)
            for helper in part.self_refs:
                found = self.linker.method(concrete, helper)
                if found is not None and found.cls is not None:
                    yield found.cls, found.summary
                else:
                    yield from self.aliases(helper, concrete)

    def handed_on(
        self, target: str, scope: Scope, concrete: Class
    ) -> Iterator[tuple[Class, Implementation]]:
        """What a function of the same module that is given the object calls: `Base.close(base)`."""
        function = self.linker.callee(target, scope).function
        if function is None or function.module is not scope.module or scope.cls is None:
            return
        if function.cls is not None and not function.summary.is_static:
            return
        for call in function.summary.calls:
            base, _, method = call.rpartition(".")
            if is_constructor(base):
                found = Super(method, base, function.summary.line)
                yield from self.targets(found, scope.cls, function.summary, concrete)

    def aliases(self, name: str, concrete: Class) -> Iterator[tuple[Class, Implementation]]:
        """What a name in a class's body stands for: `_pump_close = Pump.close`."""
        for base in self.linker.mro(concrete):
            kind = base.summary.fields.get(name, "") if isinstance(base, Class) else ""
            if kind[:1] == "=" and "." in kind and isinstance(base, Class):
                symbol = self.linker.resolve(kind[1:], Scope(base.module, base))
                if isinstance(symbol, Function) and symbol.cls is not None:
                    yield symbol.cls, symbol.summary
                return

    def targets(
        self, call: Super, cls: Class, method: FunctionSummary, concrete: Class
    ) -> Iterator[tuple[Class, Implementation]]:
        """What a mention of a base's method in a method of `cls` runs."""
        if call.method == "*":
            yield cls, UNKNOWN
            return
        mro = self.linker.mro(concrete)
        if call.base and not call.base.startswith("super("):
            symbol = self.linker.resolve(call.base, Scope(cls.module, cls, (method,)))
            if isinstance(symbol, Class):
                if symbol not in mro:
                    return
                mro = self.linker.mro(symbol)
            elif isinstance(symbol, External) and symbol.name in mro:
                mro = (symbol.name, *self.linker.external_bases(symbol.name))
            else:
                yield cls, UNKNOWN
                return
        else:
            start = self.begins_behind(call.base, cls, method)
            if start is None:
                yield cls, UNKNOWN
                return
            mro = mro[mro.index(start) + 1 :] if start in mro else ()
        for base in mro:
            if isinstance(base, str):
                yield cls, f"{base}.{call.method}"
            elif call.method in base.summary.methods:
                yield base, base.summary.methods[call.method]
                return

    def begins_behind(self, form: str, cls: Class, method: FunctionSummary) -> Class | str | None:
        """The class that `super()` or `super(C)` begins behind; None if it is not known."""
        named = form.removeprefix("super(").removesuffix(")")
        if not named or named.startswith(("self.", "type.", "__class__")):
            return cls
        symbol = self.linker.resolve(named, Scope(cls.module, cls, (method,)))
        if isinstance(symbol, Class):
            return symbol
        return symbol.name if isinstance(symbol, External) else None

    def implementation(self, base: Class | str, name: str) -> Implementation:
        """The method of this name that a base defines itself."""
        return f"{base}.{name}" if isinstance(base, str) else base.summary.methods[name]

    def delegates(self, cls: Class, method: FunctionSummary, name: str) -> bool:
        """Whether the body is but one call of the same method of an object given to it: a proxy."""
        if len(method.calls) != 1 or method.supers:
            return False
        receiver, _, called = method.calls[0].rpartition(".")
        if called != name or "." not in receiver or not set(method.writes) <= {receiver}:
            return False
        field = receiver.removeprefix("self.")
        if field != receiver and field not in cls.summary.borrowed:
            return False  # it made the object itself, sooner or later
        init = cls.summary.methods.get("__init__")
        if init is None or not any(call.method == "__init__" for call in init.supers):
            return True
        # It is an object of its own beside the one that it holds, unless that is of its kind.
        held = self.linker.resolve(receiver, Scope(cls.module, cls, (method,)))
        return isinstance(held, Instance) and held.cls in self.linker.mro(cls)


def _says_so(base: Class | str, name: str) -> bool:
    if isinstance(base, str) or name not in base.summary.marked:
        return False
    return bool(base.summary.methods[name].contract[:1] == ("cooperative",))


def _repeats(method: FunctionSummary, base: FunctionSummary) -> bool:
    """Whether an override does itself all that the base does: the same calls and assignments."""
    calls = {call for call in base.calls if not is_inert(call)}
    fields = {*base.writes, *base.self_refs}
    own = {*method.writes, *method.self_refs}
    return bool(calls | fields) and calls <= set(method.calls) and fields <= own
