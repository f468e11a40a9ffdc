"""DMN103: a task's or thread's handle is neither registered nor released at the owner's end."""

from __future__ import annotations

from collections.abc import Iterator

from daemon_lint.findings import Finding
from daemon_lint.rules.base import ModuleCheck, Rule


class UnregisteredTask(Rule):
    code = "DMN103"
    symbol = "unregistered-task"
    summary = (
        "A task's or thread's handle is neither registered nor released at the owner's end of life."
    )
    why = (
        "The task runs on after its owner has ended, its errors are lost, and since the event "
        "loop holds tasks by weak references only it may also vanish half-way."
    )
    wrong = """
import asyncio


class Client:
    def connect(self) -> None:
        self.reader = asyncio.create_task(self.read())  # error: DMN103

    async def read(self) -> None:
        print("reading")

    async def close(self) -> None:
        print("closed, yet the reader runs on")
"""
    right = """
import asyncio


class Client:
    def connect(self) -> None:
        self.reader = asyncio.create_task(self.read())

    async def read(self) -> None:
        print("reading")

    async def close(self) -> None:
        self.reader.cancel()
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        yield from module.leaks.of_kind(self.code, self.symbol, "task")
