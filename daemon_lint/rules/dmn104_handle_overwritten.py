"""DMN104: a place that may still hold a live handle is assigned again."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class HandleOverwritten(Rule):
    code = "DMN104"
    symbol = "handle-overwritten"
    summary = "A field or name that may still hold a live handle is assigned again."
    why = (
        "The handle that was there can be released by nobody any more: its subscription, timer or "
        "task lives on beside the new one."
    )
    wrong = """
import asyncio


class Retry:
    timer: asyncio.TimerHandle

    def arm(self, loop: asyncio.AbstractEventLoop) -> None:
        self.timer = loop.call_later(5, print, "soon")
        self.timer = loop.call_later(30, print, "late")  # error: DMN104

    def close(self) -> None:
        self.timer.cancel()
"""
    right = """
import asyncio


class Retry:
    timer: asyncio.TimerHandle

    def arm(self, loop: asyncio.AbstractEventLoop) -> None:
        self.timer = loop.call_later(5, print, "soon")
        self.timer.cancel()
        self.timer = loop.call_later(30, print, "late")

    def close(self) -> None:
        self.timer.cancel()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from module.leaks.of_reason(self.code, self.symbol, "overwritten")
