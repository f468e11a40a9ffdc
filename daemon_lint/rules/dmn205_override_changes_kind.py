"""DMN205: an override is sync where the base is async, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.classes import Order
from daemon_lint.contracts import Base
from daemon_lint.findings import Finding, Step
from daemon_lint.installed import find_method
from daemon_lint.linking import Linker
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.rules.dmn203_super_not_awaited import COROUTINES
from daemon_lint.signatures import Signature
from daemon_lint.summary import FunctionSummary, SelfCall
from daemon_lint.symbols import Class

_HARMLESS = ("override", "final", "callback", "abstractmethod")


class OverrideChangesKind(Rule):
    code = "DMN205"
    symbol = "override-changes-kind"
    summary = "An override is sync where the base is async, or takes what the base's caller omits."
    why = (
        "Whoever awaits the method fails on a plain function; whoever calls it runs nothing of a "
        "coroutine function. Either way the object's end fails half-way."
    )
    wrong = """
class Connection:
    async def close(self) -> None:
        self.socket.close()


class Cached(Connection):
    def close(self) -> None:  # error: DMN205
        self.cache = None
        self.later(super().close())
"""
    right = """
class Connection:
    async def close(self) -> None:
        self.socket.close()


class Cached(Connection):
    def close(self):
        self.cache = None
        return super().close()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        for cls in module.classes():
            for name, method in cls.summary.methods.items():
                if "@" in name or name == "__init__" or not _is_possible(module, name):
                    continue
                found = next(
                    (
                        change
                        for concrete, rest in _orders(module, cls, name)
                        if _concerns(module, cls, name, concrete)
                        and (change := _change(module, cls, name, method, concrete, rest))
                    ),
                    None,
                )
                if found is not None:
                    words, steps = found
                    yield self.at_def(
                        module, method, f"{cls.summary.name}.{name}() {words}", *steps
                    )


Call = tuple[SelfCall, Class]
"""A call of the method on the object itself, with the class that makes it."""


def _orders(module: ModuleCheck, cls: Class, name: str) -> Iterator[Order]:
    """What lies behind a class: in its own order, and in those of subclasses with several bases."""
    linker = module.project.linker
    yield cls, linker.mro(cls)[1:]
    for child, rest in linker.mixed_orders(cls, name):
        first = linker.method(child, name)
        if first is not None and first.cls is cls:
            yield child, rest


def _is_possible(module: ModuleCheck, name: str) -> bool:
    bases = module.project.linker.profile.bases.values()
    return module.project.cooperation.is_possible(name) or any(name in _hooks(b) for b in bases)


def _concerns(module: ModuleCheck, cls: Class, name: str, concrete: Class) -> bool:
    strict = module.project.linker.strict_base(concrete)
    if strict is not None and name in _hooks(strict):
        return True
    return module.project.cooperation.may_cooperate(cls, name, concrete)


def _hooks(strict: Base) -> list[str]:
    return [strict.methods[key] for key in COROUTINES]


def _is_wrapped(summary: FunctionSummary) -> bool:
    """Whether a decorator may make something else of the function."""
    return any(name.rpartition(".")[2] not in _HARMLESS for name in summary.decorators)


def _change(
    module: ModuleCheck,
    cls: Class,
    name: str,
    own: FunctionSummary,
    concrete: Class,
    rest: tuple[Class | str, ...],
) -> tuple[str, list[Step]] | None:
    """What an override makes of the kind of the method behind it, in words."""
    linker = module.project.linker
    base = next(
        (item for item in rest if isinstance(item, Class) and name in item.summary.methods), None
    )
    if base is None:
        strict = linker.strict_base(concrete)
        if strict is not None and name in _hooks(strict) and strict.name in rest:
            words = _kind_of_hook(own, f"{strict.name.rpartition('.')[2]}.{name}()")
            return (words, []) if words else None
        outside = (
            (item, known)
            for item in rest
            if isinstance(item, str) and (known := find_method(item, name)) is not None
        )
        full, known = next(outside, ("", None))
        if known is None or own.is_property or _is_wrapped(own) or _is_wrapped(known):
            return None
        shown = f"{full.rpartition('.')[2]}.{name}()"
        words = _kind(linker, own, known, shown, []) or _parameters(own, known, shown, [])
        return (words, []) if words else None
    method = base.summary.methods[name]
    shown = f"{base.summary.name}.{name}()"
    where = "" if concrete is cls else f" in {concrete.summary.name}"
    steps = [Step(base.module.path, method.line, f"{shown} is here")]
    if _is_wrapped(method) or method.is_property:
        return None
    if own.is_property:
        words = f"is a property, and {shown} is a method; who calls it fails"
        return words + where, steps
    if _is_wrapped(own):
        return None
    calls = _calls(module, concrete, name)
    words = _kind(linker, own, method, shown, calls)
    if not words and not own.is_static and not method.is_static:
        words = _parameters(own, method, shown, calls)
    return (words + where, steps) if words else None


def _kind_of_hook(own: FunctionSummary, shown: str) -> str:
    if own.is_property or _is_wrapped(own):
        return ""
    if not own.is_async and not _hands_on(own):
        return f"is a plain function, and {shown} is async; write async def"
    if own.is_generator:
        return f"is a generator, and {shown} is none; nobody runs it"
    refused = Signature.of(own).refuses(0, ())
    return f"{refused}, and {shown} is called without; give it a default" if refused else ""


def _hands_on(own: FunctionSummary) -> bool:
    """Whether a plain function returns what is to be awaited."""
    return own.gives_awaitable or any(item.ref not in _PLAIN for item in own.returned)


_PLAIN = frozenset("dict list tuple set str int bool len sorted repr isinstance".split())
"""Calls that give nothing to be awaited."""


def _kind(
    linker: Linker,
    own: FunctionSummary,
    base: FunctionSummary,
    shown: str,
    calls: list[Call],
) -> str:
    if base.is_async and not own.is_async:
        stands_in = base.is_abstract and not own.does_work  # a dummy, of tests above all
        if _hands_on(own) or stands_in:
            return ""
        return f"is a plain function, and {shown} is async; write async def"
    unawaited = any(call.dropped for call, _ in calls)
    if own.is_async and not base.is_async:
        hands_on = _hands_on(base) or base.returns not in ("", "None")
        if hands_on or not (base.does_work or unawaited):
            return ""
        return f"is async, and {shown} is a plain function; nobody awaits it"
    refuses = base.is_stub and base.never_returns  # yet to be written: of any kind
    if own.is_generator and not base.is_generator and not refuses and not base.is_abstract:
        if base.returned or base.returns not in ("", "None"):
            return ""
        return f"is a generator, and {shown} is none; nobody runs it"
    return ""


def _calls(module: ModuleCheck, concrete: Class, name: str) -> list[Call]:
    """The calls of a method on the object itself, in the classes of `concrete`."""
    return [
        (call, base)
        for base in module.project.linker.mro(concrete)
        if isinstance(base, Class)
        for method in base.summary.methods.values()
        for call in method.self_calls
        if call.method == name
    ]


_EXITS = ("__exit__", "__aexit__")


def _parameters(own: FunctionSummary, base: FunctionSummary, shown: str, calls: list[Call]) -> str:
    """Why the override fails where the base's caller calls it; '' if it does not."""
    takes = Signature.of(own)
    if own.name in _EXITS:
        refused = takes.refuses(3, ())
        return f"{refused}, and a with statement gives three" if refused else ""
    inherited = Signature.of(base)
    least = inherited.needed()
    if not inherited.star and not inherited.double_star:
        refused = takes.refuses(*least)
        if refused:
            return f"{refused}, and {shown} is called otherwise; take what it takes"
    for call, caller in calls:
        if inherited.refuses(call.positional, call.keywords):
            continue  # made for another method
        refused = takes.refuses(call.positional, call.keywords)
        if refused:
            return f"{refused}, and {caller.summary.name} calls {shown} so; take what it takes"
    return ""
