"""DMN204: the call of a base skips a base that does work, or calls another method."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.cooperation import Cooperation
from daemon_lint.findings import Finding, Step
from daemon_lint.installed import find_method
from daemon_lint.linking import Linker
from daemon_lint.misses import Miss
from daemon_lint.overrides import BaseCall, Override, base_calls, overrides
from daemon_lint.refs import ref
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.signatures import Signature
from daemon_lint.symbols import Class, short_name


class SuperWrongTarget(Rule):
    code = "DMN204"
    symbol = "super-wrong-target"
    summary = "A call of the base skips a base that does work, or names another method."
    why = (
        "`super(Base, self)` and `Grandparent.method(self)` begin behind a class in between, whose "
        "work is then skipped. `super().stop()` in `cleanup` runs the wrong method of the base."
    )
    wrong = """
class Socket:
    def close(self) -> None:
        self.socket.close()


class Connection(Socket):
    def close(self) -> None:
        self.timer.cancel()
        super().close()


class Cached(Connection):
    def close(self) -> None:
        Socket.close(self)  # error: DMN204
"""
    right = """
class Socket:
    def close(self) -> None:
        self.socket.close()


class Connection(Socket):
    def close(self) -> None:
        self.timer.cancel()
        super().close()


class Cached(Connection):
    def close(self) -> None:
        super().close()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        for miss in module.misses:
            if miss.call is not None:
                name = miss.override.name
                where = miss.override.cls
                mixed = "" if miss.concrete is where else f" in {miss.concrete.summary.name}"
                yield self.at(
                    module,
                    miss.call.node,
                    f"{where.summary.name}.{name}() calls a base behind "
                    f"{short_name(miss.lost)}{mixed} and skips its work; call super().{name}(...)",
                    *miss.lost_step(),
                )
            elif miss.way is None and miss.concrete is miss.override.cls:
                yield from self._other(module, miss)
        linker = module.project.linker
        for cls in module.classes():
            for override in overrides(linker, cls):
                if override.summary.supers or override.summary.nested:
                    yield from self._unfit(module, override)

    def _other(self, module: ModuleCheck, miss: Miss) -> Iterator[Finding]:
        """`super().stop()` in a `cleanup` that never calls the base's own."""
        override = miss.override
        if not any(call.method != override.name for call in override.summary.supers):
            return
        node = module.node(override.summary)
        for call in base_calls(module.project.linker, override, node) if node is not None else ():
            if call.method != override.name and _works(module.project.cooperation, override, call):
                yield self.at(
                    module,
                    call.node,
                    f"{override.cls.summary.name}.{override.name}() calls {call.method}() of its "
                    f"base and never {override.name}(); call super().{override.name}(...)",
                    *miss.lost_step(),
                )

    def _unfit(self, module: ModuleCheck, override: Override) -> Iterator[Finding]:
        """Calls of the base that fail: an unrelated class, arguments that it does not take."""
        cooperation, linker = module.project.cooperation, module.project.linker
        strict = linker.strict_base(override.cls)
        initial = strict is not None and override.name == "__init__"
        if not initial and not cooperation.may_cooperate(override.cls, override.name):
            return
        node = module.node(override.summary)
        for call in base_calls(linker, override, node) if node is not None else ():
            if call.method != override.name:
                continue
            where = f"{override.cls.summary.name}.{override.name}()"
            if call.by_super and _is_unrelated(linker, override.cls, call.target):
                yield self.at(
                    module,
                    call.node,
                    f"{where} calls super({short_name(call.target or '')}, ...), which is none "
                    f"of its classes, and fails; call super().{override.name}(...)",
                )
                continue
            refused = _refusal(linker, override, call)
            if refused is not None:
                base, words, step = refused
                yield self.at(
                    module, call.node, f"{where} fails: {base}.{override.name}() {words}", *step
                )


def _is_unrelated(linker: Linker, cls: Class, target: Class | str | None) -> bool:
    """Whether a class is none of those that an instance of `cls` can have."""
    orders = map(linker.mro, (cls, *linker.subclasses(cls)))
    return isinstance(target, Class) and not any(target in mro for mro in orders)


def _refusal(
    linker: Linker, override: Override, call: BaseCall
) -> tuple[str, str, list[Step]] | None:
    """The base that a call runs, and why it does not take the arguments; None where it fits."""
    rest = override.rest
    if call.target is not None:
        if call.target not in rest:
            return None
        rest = rest[rest.index(call.target) + (1 if call.by_super else 0) :]
    if call.by_super and linker.mixed_subclasses(override.cls):
        return None  # another class may stand between
    for base in rest:
        if isinstance(base, str):
            known = find_method(base, override.name)
            if known is None or not all(map(_is_harmless, known.decorators)):
                return None
            words = _fit(Signature.of(known), call, override)
            return (short_name(base), words, []) if words else None
        method = base.summary.methods.get(override.name)
        if method is None:
            continue
        if method.decorators and not all(map(_is_harmless, method.decorators)):
            return None
        words = _fit(Signature.of(method), call, override)
        step = Step(base.module.path, method.line, f"{base.summary.name}.{override.name}() is here")
        return (base.summary.name, words, [step]) if words else None
    return None


def _fit(signature: Signature, call: BaseCall, override: Override) -> str:
    arguments = call.node.args
    if not call.by_super:
        first = ref(arguments[0]) if arguments else ""
        if first != override.me:
            # Another local may be another instance of the class.
            misplaced = not arguments or first in override.summary.params
            return "is not given self" if misplaced else ""
        arguments = arguments[1:]
    starred = any(isinstance(item, ast.Starred) for item in arguments)
    keywords = tuple(item.arg or "**" for item in call.node.keywords)
    return signature.refuses(-1 if starred else len(arguments), keywords)


def _is_harmless(decorator: str) -> bool:
    return decorator.rpartition(".")[2] in ("override", "final", "callback", "cooperative")


def _works(cooperation: Cooperation, override: Override, call: BaseCall) -> bool:
    if not cooperation.may_cooperate(override.cls, call.method):
        return False
    found = [
        base.summary.methods[call.method]
        for base in override.rest
        if isinstance(base, Class) and call.method in base.summary.methods
    ]
    return not found or any(method.does_work for method in found)
