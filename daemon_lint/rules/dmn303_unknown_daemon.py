"""DMN303: waiting for a daemon that the project does not have."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.contracts import nearest
from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class UnknownDaemon(Rule):
    code = "DMN303"
    symbol = "unknown-daemon"
    summary = "`on_daemon_ready` names a daemon that the project does not have."
    why = (
        "The callback never runs, and nothing says so: a name that no daemon announces is "
        "waited for for ever."
    )
    wrong = """
from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("dta", self.begin)  # error: DMN303

    async def begin(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            strict = linker.strict_base(cls)
            if strict is None:
                continue
            for waiting in module.project.daemons.waits(cls, strict):
                known = module.project.daemons.all_names()
                # Alone in its project, a daemon waits for one of another.
                if waiting.name in known or known <= module.project.daemons.names(cls):
                    continue
                node = call_at(module, waiting.line, strict.methods["on-ready"])
                if node is not None:
                    yield self.at(
                        module,
                        node,
                        f"{cls.summary.name} waits for the daemon '{waiting.name}', which the "
                        f"project does not have{nearest(waiting.name, known)}",
                    )


def call_at(module: ModuleCheck, line: int, method: str) -> ast.Call | None:
    """The call of a method at a line."""
    for node in module.nodes.values():
        if not node.lineno <= line <= (node.end_lineno or node.lineno):
            continue
        for item in ast.walk(node):
            if (
                isinstance(item, ast.Call)
                and item.lineno == line
                and isinstance(item.func, ast.Attribute)
                and item.func.attr == method
            ):
                return item
    return None
