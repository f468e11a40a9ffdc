"""Class-level containers of plain data, and __slots__, dataclass fields and enums."""
# rule: DMN207
from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass
class Pool:
    """A default factory makes a list for each instance."""

    size: int = 1
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self) -> None:
        self.tasks.append(asyncio.create_task(asyncio.sleep(1)))

    def stop(self) -> None:
        for task in self.tasks:
            task.cancel()


class Menu:
    """Constants."""

    __slots__ = ["entries"]
    colors = ["red", "green"]
    keys: dict[str, str] = {"q": "quit"}

    def __init__(self) -> None:
        self.entries: list[str] = []

    def close(self) -> None:
        self.entries.clear()
