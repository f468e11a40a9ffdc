"""DMN301: waiting for another daemon by filtering `system:ready` by hand."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.contracts import Base
from daemon_lint.findings import Finding
from daemon_lint.ready_subscriptions import READY, ReadySubscriptions
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.symbols import Class


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
        daemons, linker = module.project.daemons, module.project.linker
        seen: set[tuple[int, int]] = set()
        for cls in module.classes() if daemons.classes else ():
            for concrete in daemons.concrete(cls):
                strict = linker.strict_base(concrete)
                if strict is None:
                    continue
                subscriptions = ReadySubscriptions(daemons, concrete, strict)
                for call in subscriptions.filtered(cls):
                    place = (call.lineno, call.col_offset)
                    if place not in seen:
                        seen.add(place)
                        yield self.at(module, call, _message(cls, strict))


def _message(cls: Class, strict: Base) -> str:
    return (
        f"{cls.summary.name} waits for a daemon by filtering {READY} by hand, and misses one that "
        f"is ready already; use self.{strict.methods['on-ready']}(name, callback)"
    )
