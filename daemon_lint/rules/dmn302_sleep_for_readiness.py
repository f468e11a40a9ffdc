"""DMN302: sleeping in start-up code until another daemon is surely ready."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.start_sleeps import Pause, StartSleeps
from daemon_lint.symbols import Class


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
        daemons, linker = module.project.daemons, module.project.linker
        seen: set[tuple[int, int]] = set()
        for cls in module.classes() if daemons.classes else ():
            for concrete in daemons.concrete(cls):
                strict = linker.strict_base(concrete)
                if strict is None or not daemons.mentions(concrete, _WAITING | daemons.sleeping):
                    continue
                for pause in StartSleeps(daemons.constants, concrete, strict).pauses():
                    node = pause.site.node
                    place = (node.lineno, node.col_offset)
                    if pause.site.path == module.module.path and place not in seen:
                        seen.add(place)
                        yield self.at(module, node, _message(cls, pause, strict))


_WAITING = frozenset(("to_thread", "run_in_executor"))


def _message(cls: Class, pause: Pause, strict: Base) -> str:
    does = "sets a timer for when" if pause.timer else "sleeps until"
    return (
        f"{cls.summary.name}.{pause.method}() {does} another daemon is surely ready; use "
        f"self.{strict.methods['on-ready']}(daemon, callback)"
    )
