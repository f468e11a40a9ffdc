"""DMN201: an override of a cooperative method never reaches the base that does the work."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.cooperation import Cooperation, Cut
from daemon_lint.findings import Finding, Step
from daemon_lint.names import Class
from daemon_lint.rules.base import ModuleCheck, Rule


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
        linker = module.project.linker
        cooperation = Cooperation(linker)
        for name in module.module.classes:
            for cut in cooperation.cuts(linker.class_of(module.module, name)):
                yield self._finding(module.path, cut)

    def _finding(self, path: str, cut: Cut) -> Finding:
        method, lost = cut.method, cut.lost
        base = lost if isinstance(lost, str) else lost.summary.name
        owner = cut.cls.summary.name
        call = f"super().{method.name}(...)"
        remedy = f"call {'await ' if method.is_async else ''}{call}"
        where = "" if cut.concrete is cut.cls else f" in {cut.concrete.summary.name}"
        words = "async def" if method.is_async else "def"
        return Finding(
            code=self.code,
            symbol=self.symbol,
            path=path,
            line=method.line,
            column=method.column,
            end_line=method.line,
            end_column=method.column + len(f"{words} {method.name}"),
            message=(
                f"{owner}.{method.name}() never reaches {base}.{method.name}(){where}, "
                f"so the base's work is skipped; {remedy}"
            ),
            trace=tuple(self._trace(path, cut)),
        )

    def _trace(self, path: str, cut: Cut) -> Iterator[Step]:
        name = cut.method.name
        yield Step(path, cut.method.line, f"{cut.cls.summary.name}.{name}() calls no base method")
        order = " -> ".join(
            base.rpartition(".")[2] if isinstance(base, str) else base.summary.name
            for base in cut.mro
        )
        yield Step(
            cut.concrete.module.path,
            cut.concrete.summary.line,
            f"the MRO of {cut.concrete.summary.name} is {order}",
        )
        if isinstance(cut.lost, Class):
            line = cut.lost.summary.methods[name].line
            lost = f"{cut.lost.summary.name}.{name}() does the work that is lost"
            yield Step(cut.lost.module.path, line, lost)
