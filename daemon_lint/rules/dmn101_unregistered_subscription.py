"""DMN101: a subscription's handle is neither registered nor released at the owner's end."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class UnregisteredSubscription(Rule):
    code = "DMN101"
    symbol = "unregistered-subscription"
    summary = (
        "A subscription's handle is neither registered nor released at the owner's end of life."
    )
    why = (
        "The publisher keeps calling the handler of an object that has ended, and keeps the "
        "object alive. After each restart or reload there is one more of them."
    )
    wrong = """
from daemonbase import DaemonBase


class UserDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("user:created", self.on_created)  # error: DMN101

    async def on_created(self, payload: object) -> None:
        print(payload)
"""
    right = """
from daemonbase import DaemonBase


class UserDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.register_subscription(self.bus.subscribe("user:created", self.on_created))

    async def on_created(self, payload: object) -> None:
        print(payload)
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from module.leaks.of_kind(self.code, self.symbol, "subscription")
