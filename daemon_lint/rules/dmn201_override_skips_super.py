"""DMN201: an override of a cooperative method never reaches the base that does the work."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding, Step
from daemon_lint.misses import Miss
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.starting import registers_too_early
from daemon_lint.symbols import short_name


class OverrideSkipsSuper(Rule):
    code = "DMN201"
    symbol = "override-skips-super"
    summary = "An override of a cooperative method never reaches the base that does the work."
    why = (
        "The base's clean-up (or set-up) silently stops running in the subclass: subscriptions "
        "stay, tasks run on. Judged for each concrete class, so a diamond that loses a base is "
        "found too."
    )
    wrong = """
class Service:
    def close(self) -> None:
        print("closing the connection")


class Cached(Service):
    def close(self) -> None:  # error: DMN201
        print("dropping the cache")
"""
    right = """
class Service:
    def close(self) -> None:
        print("closing the connection")


class Cached(Service):
    def close(self) -> None:
        print("dropping the cache")
        super().close()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        for miss in module.misses:
            if miss.call is None and miss.way is None:
                yield self._finding(module, miss)
        for cls, method in registers_too_early(module):
            strict = module.project.linker.strict_base(cls)
            base = strict.name.rpartition(".")[2] if strict is not None else ""
            yield self.at_def(
                module,
                method,
                f"{cls.summary.name}.__init__() registers before it reaches {base}.__init__(), "
                f"which makes the registry; call super().__init__(...) first",
            )

    def _finding(self, module: ModuleCheck, miss: Miss) -> Finding:
        override, lost = miss.override, miss.lost
        owner, name = override.cls.summary.name, override.name
        base = lost if isinstance(lost, str) else lost.summary.name
        remedy = f"call {'await ' if override.summary.is_async else ''}super().{name}(...)"
        where = "" if miss.concrete is override.cls else f" in {miss.concrete.summary.name}"
        message = (
            f"{owner}.{name}() never reaches {base}.{name}(){where}, "
            f"so the base's work is skipped; {remedy}"
        )
        trace = self._trace(module, miss)
        node = module.assignment(override.cls, name) if name != override.summary.name else None
        if node is not None:  # `close = flush`
            return self.at(module, node, message, *trace)
        return self.at_def(module, override.summary, message, *trace)

    def _trace(self, module: ModuleCheck, miss: Miss) -> Iterator[Step]:
        override, name = miss.override, miss.override.name
        yield Step(
            module.path,
            override.summary.line,
            f"{short_name(override.cls)}.{name}() does not lead to "
            f"{short_name(miss.lost)}.{name}()",
        )
        order = " -> ".join(map(short_name, module.project.linker.mro(miss.concrete)))
        yield Step(
            miss.concrete.module.path,
            miss.concrete.summary.line,
            f"the MRO of {miss.concrete.summary.name} is {order}",
        )
        yield from miss.lost_step()
