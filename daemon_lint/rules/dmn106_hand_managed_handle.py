"""DMN106: in a strict class, a handle is kept and released by hand instead of registered."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class HandManagedHandle(Rule):
    code = "DMN106"
    symbol = "hand-managed-handle"
    summary = "In a strict class, a handle is kept and released by hand instead of registered."
    why = (
        "Releases by hand are what the base class exists to remove: each copy is one more that a "
        "raising cleanup() skips, or that the next handle is forgotten in."
    )
    wrong = """
from daemonbase import DaemonBase


class UserDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.unsubscribe = self.bus.subscribe("user:created", print)  # error: DMN106

    async def cleanup(self) -> None:
        self.unsubscribe()
"""
    right = """
from daemonbase import DaemonBase


class UserDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.subscribe("user:created", print)
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from module.leaks.of_reason(self.code, self.symbol, "hand")
