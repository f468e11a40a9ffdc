"""DMN301: waiting for another daemon by filtering `system:ready` by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.refs import FunctionNode
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.summary import FunctionSummary


class HandRolledReady(Rule):
    code = "DMN301"
    symbol = "hand-rolled-ready"
    summary = "A subscription to `system:ready` filters on the daemon by hand."
    why = (
        "The filter misses a daemon that is ready already, and each copy of it misspells the "
        "name in its own way. `on_daemon_ready` knows both."
    )
    wrong = """
from daemonbase import DaemonBase


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.subscribe("system:ready", self.on_ready)  # error: DMN301

    async def on_ready(self, payload: dict[str, str]) -> None:
        if payload["daemon"] == "data":
            print("ready")
"""
    right = """
from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.on_data)

    async def on_data(self) -> None:
        print("ready")
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            strict = linker.strict_base(cls)
            if strict is None:
                continue
            for method in cls.summary.methods.values():
                if not any(
                    call.rpartition(".")[2] == strict.methods["subscribe"] for call in method.calls
                ):
                    continue
                node = module.nodes.get(method.line)
                for call in ast.walk(node) if node is not None else ():
                    if not isinstance(call, ast.Call) or not _subscribes_ready(call, module):
                        continue
                    handler = _handler(call, node, cls.summary.methods, module)
                    if handler is not None and _filters(handler):
                        yield self.at(
                            module,
                            call,
                            f"{cls.summary.name} waits for a daemon by filtering system:ready, "
                            f"and misses one that is ready already; use "
                            f"self.{strict.methods['on-ready']}(name, callback)",
                        )


READY = "system:ready"


def _subscribes_ready(call: ast.Call, module: ModuleCheck) -> bool:
    if not isinstance(call.func, ast.Attribute) or len(call.args) < 2:
        return False
    event = call.args[0]
    if isinstance(event, ast.Constant):
        return event.value == READY
    if isinstance(event, ast.Name):
        known = module.module.constants.get(event.id)
        return known == READY or module.module.imports.get(event.id, "").endswith(":SYSTEM_READY")
    return False


def _handler(
    call: ast.Call,
    around: ast.AST | None,
    methods: dict[str, FunctionSummary],
    module: ModuleCheck,
) -> FunctionNode | ast.Lambda | None:
    given = call.args[1]
    if isinstance(given, ast.Lambda):
        return given
    if isinstance(given, ast.Attribute) and given.attr in methods:
        return module.nodes.get(methods[given.attr].line)
    if isinstance(given, ast.Name) and around is not None:
        for item in ast.walk(around):
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name == given.id:
                return item
    return None


def _filters(handler: FunctionNode | ast.Lambda) -> bool:
    """Whether a handler compares the daemon of its payload: by key, `.get`, attribute, `match`."""
    looked: set[str] = set()
    for item in ast.walk(handler):
        if isinstance(item, ast.Assign) and is_daemon_key(item.value, looked):
            looked.update(target.id for target in item.targets if isinstance(target, ast.Name))
    for item in ast.walk(handler):
        if isinstance(item, ast.NamedExpr) and is_daemon_key(item.value, looked):
            looked.add(item.target.id)
    for item in ast.walk(handler):
        if isinstance(item, ast.Compare) and any(
            is_daemon_key(part, looked) for part in (item.left, *item.comparators)
        ):
            return True
        if isinstance(item, ast.Match) and is_daemon_key(item.subject, looked):
            return True
        if isinstance(item, ast.MatchMapping) and any(
            isinstance(key, ast.Constant) and key.value == "daemon" for key in item.keys
        ):
            return True
    return False


def is_daemon_key(node: ast.expr, looked: set[str]) -> bool:
    """Whether an expression reads the daemon's name out of a payload, or out of `looked`."""
    if isinstance(node, ast.NamedExpr):
        return is_daemon_key(node.value, looked)
    if isinstance(node, ast.Name):
        return node.id in looked
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "daemon"
    if isinstance(node, ast.Attribute):
        return node.attr == "daemon"
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value == "daemon"
    )
