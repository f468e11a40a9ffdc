"""DMN302: sleeping in start-up code until another daemon is surely ready."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.refs import own_nodes, ref
from daemon_lint.rules.base import ModuleCheck, Rule


class SleepForReadiness(Rule):
    code = "DMN302"
    symbol = "sleep-for-readiness"
    summary = "Start-up code sleeps, or sets a timer, to wait until something else is ready."
    why = (
        "Two seconds are too long on a good day and too short on a bad one. Waiting for "
        "the event is neither."
    )
    wrong = """
import asyncio

from daemonbase import DaemonBase


class Reader(DaemonBase):
    async def initialize(self) -> None:
        await asyncio.sleep(2)  # error: DMN302
        self.register_interval("read", self.read, 5)

    def read(self) -> None: ...
"""
    right = """
from daemonbase import DaemonBase


class DataDaemon(DaemonBase):
    name = "data"


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None:
        self.register_interval("read", self.read, 5)

    def read(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        linker = module.project.linker
        for cls in module.classes():
            strict = linker.strict_base(cls)
            if strict is None:
                continue
            names = ("__init__", strict.methods["initialize"], strict.methods["start"])
            for name in names:
                method = cls.summary.methods.get(name)
                if method is None or not any(
                    call.rpartition(".")[2] in _WAITS for call in method.calls
                ):
                    continue
                node = module.nodes.get(method.line)
                for item in own_nodes(node) if node is not None else ():
                    if isinstance(item, ast.Call) and _waits(item, module):
                        yield self.at(
                            module,
                            item,
                            f"{cls.summary.name}.{name}() waits a fixed time for readiness; "
                            f"use self.{strict.methods['on-ready']}(daemon, callback)",
                        )


_WAITS = ("sleep", "call_later")
_LONG = 0.5
_START_WORDS = re.compile(
    r"(?i)(init|ready|load|set_?up|connect|begin|catch_?up|ensure|boot|prepare|join|subscri|"
    r"discover|late|defer|start|wait)"
)
"""What a timer calls that is set at the start to do a part of it later, not again and again."""


def _waits(call: ast.Call, module: ModuleCheck) -> bool:
    name = ref(call.func)
    last = name.rpartition(".")[2]
    if last not in _WAITS or not call.args:
        return False
    if last == "sleep":
        origin = module.module.imports.get(name.partition(".")[0], "")
        if not origin.startswith(("asyncio", "time", "anyio", "trio")):
            return False
    elif len(call.args) < 2 or not _START_WORDS.search(ref(call.args[1]) or "late"):
        return False
    seconds = call.args[0]
    return (
        isinstance(seconds, ast.Constant)
        and isinstance(seconds.value, (int, float))
        and not isinstance(seconds.value, bool)
        and seconds.value >= _LONG
    )
