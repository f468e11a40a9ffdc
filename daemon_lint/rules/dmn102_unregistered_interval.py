"""DMN102: a timer's handle is neither registered nor released at the owner's end."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class UnregisteredInterval(Rule):
    code = "DMN102"
    symbol = "unregistered-interval"
    summary = "A timer's handle is neither registered nor released at the owner's end of life."
    why = (
        "A periodic or one-shot timer fires on an object that has ended. A task that loops "
        "over `await sleep()` is such a timer too."
    )
    wrong = """
import asyncio


class Poller:
    def start(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(30, self.start)  # error: DMN102

    def close(self) -> None:
        print("closed, yet the timer fires once more")
"""
    right = """
import asyncio


class Poller:
    timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        self.timer = asyncio.get_running_loop().call_later(30, self.start)

    def close(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from module.leaks.of_kind(self.code, self.symbol, "interval")
