"""DMN205: an override is sync where the base is async, or the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.cooperation import Cooperation
from daemon_lint.findings import Finding, Step
from daemon_lint.overrides import Override, overrides
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.rules.dmn203_super_not_awaited import COROUTINES
from daemon_lint.summary import FunctionSummary

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
        linker = module.project.linker
        cooperation = Cooperation(linker)
        for cls in module.classes():
            strict = linker.strict_base(cls)
            hooks = [strict.methods[key] for key in COROUTINES] if strict is not None else []
            for override in overrides(linker, cls):
                name = override.summary.name
                if name == "__init__" or _is_wrapped(override.summary):
                    continue
                if name not in hooks and not cooperation.may_cooperate(cls, name):
                    continue
                found = _change(module, override, name in hooks)
                if found is not None:
                    words, steps = found
                    yield self.at_def(
                        module, override.summary, f"{cls.summary.name}.{name}() {words}", *steps
                    )


def _is_wrapped(summary: FunctionSummary) -> bool:
    """Whether a decorator may make something else of the function."""
    return any(name.rpartition(".")[2] not in _HARMLESS for name in summary.decorators)


def _change(
    module: ModuleCheck, override: Override, is_hook: bool
) -> tuple[str, list[Step]] | None:
    own = override.summary
    base = next(override.bases(), None)
    strict = module.project.linker.strict_base(override.cls)
    steps = []
    if base is None:
        if not is_hook or strict is None:
            return None
        was_async, was_generator, works = True, False, True
        name = strict.name.rpartition(".")[2]
    else:
        if _is_wrapped(base.summary) or base.cls is None:
            return None
        was_async, was_generator = base.summary.is_async, base.summary.is_generator
        works = base.summary.does_work
        name = base.cls.summary.name
        steps.append(Step(base.module.path, base.summary.line, f"{name}.{own.name}() is here"))
    if was_async and not own.is_async:
        if own.returned or "Awaitable" in own.returns or "Future" in own.returns:
            return None  # it hands on what is to be awaited
        return f"is a plain function, and {name}.{own.name}() is async; write async def", steps
    if own.is_async and not was_async:
        returns = base is not None and (base.summary.returned or base.summary.returns)
        if returns or not works:
            return None
        return f"is async, and {name}.{own.name}() is a plain function; nobody awaits it", steps
    if own.is_generator and not was_generator and works:
        return f"is a generator, and {name}.{own.name}() is none; nobody runs it", steps
    if base is None or len(own.params) <= len(base.summary.params):
        return None
    node = module.nodes.get(own.line)
    if node is None:
        return None
    positional = [*node.args.posonlyargs, *node.args.args]
    needed = len(positional) - len(node.args.defaults) - 1
    if needed > len(base.summary.params) - 1:
        extra = positional[len(base.summary.params)].arg
        return f"needs '{extra}', which {name}.{own.name}() does not take; give it a default", steps
    return None
