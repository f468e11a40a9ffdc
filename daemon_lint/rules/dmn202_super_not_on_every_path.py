"""DMN202: an override reaches the base on some normal paths, and misses it on others."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from daemon_lint.cooperation import Cooperation
from daemon_lint.findings import Finding, Step
from daemon_lint.linking import Linker
from daemon_lint.names import Scope
from daemon_lint.overrides import Override, lost_work, overrides
from daemon_lint.reaching import Reaching
from daemon_lint.refs import ref
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
        linker = module.project.linker
        cooperation = Cooperation(linker)
        for cls in module.classes():
            for override in overrides(linker, cls):
                name = override.summary.name
                if name == "__init__" or not override.summary.branches:
                    continue
                if not cooperation.may_cooperate(cls, name):
                    continue
                if not any(cooperation.continues(cls, override.summary, name)):
                    continue
                lost = lost_work(cooperation, override)
                node = module.nodes.get(override.summary.line) if lost is not None else None
                if node is None or lost is None:
                    continue
                me = override.summary.params[0] if override.summary.params else ""
                found = Reaching(node, me, _reaches(linker, cooperation, override, me)).missing()
                if found is None:
                    continue
                way, line = found
                base = lost if isinstance(lost, str) else lost.summary.name
                steps = [
                    Step(module.path, at, f"this branch {words}") for at, words in way.branches
                ]
                steps.append(Step(module.path, line, "the method ends here without super()"))
                yield self.at_def(
                    module,
                    override.summary,
                    f"{cls.summary.name}.{name}() misses {base}.{name}() on a path that ends at "
                    f"line {line}; call super().{name}(...) on every path",
                    *steps,
                )


def _reaches(
    linker: Linker, cooperation: Cooperation, override: Override, me: str
) -> Callable[[ast.expr], bool]:
    name = override.summary.name
    scope = Scope(override.cls.module, override.cls, (override.summary,))

    def reaches(node: ast.expr) -> bool:
        if isinstance(node, ast.Attribute) and node.attr == name:
            owner = node.value
            if isinstance(owner, ast.Call) and ref(owner.func) == "super":
                return True
            return linker.resolve(ref(owner), scope) in override.rest
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            function, owner = node.func, node.func.value
            if isinstance(owner, ast.Name) and owner.id == me and function.attr != name:
                helper = linker.method(override.cls, function.attr)
                if helper is not None and helper.cls is override.cls:
                    return any(cooperation.continues(override.cls, helper.summary, name))
        return False

    return reaches
