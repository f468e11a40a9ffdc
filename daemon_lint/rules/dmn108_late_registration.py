"""DMN108: registering when the daemon is already shutting down."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding
from daemon_lint.names import Class
from daemon_lint.rules.base import ModuleCheck, Rule


class LateRegistration(Rule):
    code = "DMN108"
    symbol = "late-registration"
    summary = "A daemon registers something in its clean-up, or in what only that calls."
    why = (
        "During clean-up the daemon is ending: what is registered then is released at once, or "
        "raises DaemonClosedError, and never does its work."
    )
    wrong = """
from daemonbase import DaemonBase


class Poller(DaemonBase):
    async def cleanup(self) -> None:
        self.register_interval("last", self.read, 5)  # error: DMN108

    def read(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class Poller(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("read", self.read, 5)

    async def cleanup(self) -> None:
        self.read()

    def read(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            strict = linker.strict_base(cls)
            if strict is None:
                continue
            registering = {strict.methods[key] for key in _REGISTERING}
            for name in sorted(_ending(cls, strict)):
                method = cls.summary.methods[name]
                if not any(call.rpartition(".")[2] in registering for call in method.calls):
                    continue
                node = module.nodes.get(method.line)
                me = method.params[0] if method.params else ""
                for item in ast.walk(node) if node is not None else ():
                    if (
                        isinstance(item, ast.Call)
                        and isinstance(item.func, ast.Attribute)
                        and item.func.attr in registering
                        and isinstance(item.func.value, ast.Name)
                        and item.func.value.id == me
                    ):
                        yield self.at(
                            module,
                            item,
                            f"{cls.summary.name}.{name}() registers with {item.func.attr}() while "
                            f"the daemon shuts down; register in {strict.methods['initialize']}()",
                        )


_REGISTERING = (
    "subscribe", "register-subscription", "register-interval", "register-task", "on-ready", "defer",
)  # fmt: skip


def _ending(cls: Class, strict: Base) -> set[str]:
    """The end-of-life methods, `__del__`, and the methods that only they call."""
    methods = cls.summary.methods
    ending = {strict.methods["cleanup"], strict.methods["shutdown"], "__del__"} & methods.keys()
    callers: dict[str, set[str]] = {}
    for name, method in methods.items():
        for called in method.self_refs:
            callers.setdefault(called, set()).add(name)
    while True:
        more = {
            name
            for name in methods
            if name.startswith("_") and callers.get(name) and callers[name] <= ending
        } - ending
        if not more:
            return ending
        ending |= more
