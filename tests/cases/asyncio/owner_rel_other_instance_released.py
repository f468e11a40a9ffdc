"""close() cancels the field of the same name of another object, not its own."""

# rule: DMN103
from __future__ import annotations

import asyncio


class Child:
    """A child with a task of its own."""

    def __init__(self) -> None:
        self._task = asyncio.create_task(asyncio.Event().wait())

    def close(self) -> None:
        self._task.cancel()


class Parent:
    """A parent that ends the child's task and forgets its own."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._task = asyncio.create_task(asyncio.Event().wait())  # error: DMN103

    def close(self) -> None:
        self.child._task.cancel()
