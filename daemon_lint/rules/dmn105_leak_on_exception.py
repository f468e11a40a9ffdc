"""DMN105: a handle is lost if a statement between its acquire and its discharge raises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class LeakOnException(Rule):
    code = "DMN105"
    symbol = "leak-on-exception"
    summary = "A handle is lost if a statement between its acquire and its discharge raises."
    why = (
        "Every path that ends normally discharges the handle, but an exception in between leaves "
        "it in a local that nobody sees again. Off by default: any call may raise, and not every "
        "program has to survive that."
    )
    default_on: ClassVar[bool] = False
    wrong = """
import asyncio


class Reader:
    async def read(self) -> None:
        task = asyncio.create_task(asyncio.sleep(9))  # error: DMN105
        await self.connect()
        task.cancel()

    async def connect(self) -> None: ...

    async def close(self) -> None: ...
"""
    right = """
import asyncio


class Reader:
    async def read(self) -> None:
        task = asyncio.create_task(asyncio.sleep(9))
        try:
            await self.connect()
        finally:
            task.cancel()

    async def connect(self) -> None: ...

    async def close(self) -> None: ...
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from module.leaks.of_reason(self.code, self.symbol, "exception")
