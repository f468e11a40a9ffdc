"""DMN202: an override reaches the base on some normal paths, and misses it on others."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding, Step
from daemon_lint.rules.base import ModuleCheck, Rule


class SuperNotOnEveryPath(Rule):
    code = "DMN202"
    symbol = "super-not-on-every-path"
    summary = "An override of a cooperative method misses the base on some normal path."
    why = (
        "On that path the base's work is skipped: what it would have released lives on. A guard "
        "for idempotence (`if self._closed: return`) and a `raise` are no misses."
    )
    wrong = """
class Connection:
    def close(self) -> None:
        self.socket.close()


class Cached(Connection):
    def close(self) -> None:  # error: DMN202
        if not self.cache:
            return
        self.cache.clear()
        super().close()
"""
    right = """
class Connection:
    def close(self) -> None:
        self.socket.close()


class Cached(Connection):
    def close(self) -> None:
        if self.cache:
            self.cache.clear()
        super().close()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        for miss in module.misses:
            if miss.way is None:
                continue
            owner, name = miss.override.cls.summary.name, miss.override.name
            base = miss.lost if isinstance(miss.lost, str) else miss.lost.summary.name
            steps = [
                Step(module.path, at, f"this branch {words}") for at, words in miss.way.branches
            ]
            steps.append(Step(module.path, miss.line, "the method ends here without super()"))
            yield self.at_def(
                module,
                miss.override.summary,
                f"{owner}.{name}() misses {base}.{name}() on a path that ends at "
                f"line {miss.line}; call super().{name}(...) on every path",
                *steps,
            )
