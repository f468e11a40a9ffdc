"""DMN108: registering when the daemon is already shutting down."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding
from daemon_lint.refs import is_constructor, ref
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.symbols import Class


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
        daemons = module.project.daemons
        for cls in module.classes() if daemons.classes else ():
            strict = daemons.base_of(cls)
            if strict is None:
                continue
            registering = module.project.linker.profile.registrars(strict)
            for method in cls.summary.methods.values():
                node = module.node(method) if daemons.endings.is_at_end(method) else None
                me = method.params[0] if method.params else ""
                for item in ast.walk(node) if node is not None else ():
                    if isinstance(item, ast.Call) and _own_method(item, me) in registering:
                        yield self.at(module, item, _message(cls, method.name, item, strict))


def _own_method(call: ast.Call, me: str) -> str:
    """The method of the daemon itself that is called; or ''."""
    if not isinstance(call.func, ast.Attribute) or not me:
        return ""
    receiver = ref(call.func.value)
    explicit = is_constructor(receiver) and call.args and ref(call.args[0]) == me
    return call.func.attr if receiver in (me, "super.()") or explicit else ""


def _message(cls: Class, method: str, call: ast.Call, strict: Base) -> str:
    name = ref(call.func).rpartition(".")[2]
    start = strict.methods["initialize"]
    return (
        f"{cls.summary.name}.{method}() registers with {name}() while the daemon shuts down, so "
        f"that it is released at once or refused; register in {start}(), or do the work here"
    )
