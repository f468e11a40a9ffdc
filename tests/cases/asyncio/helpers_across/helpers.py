"""Helpers of another module: one keeps the handle, one ends it, one looks at it."""
# case: multi-file
# rule: DMN103

import asyncio

KEPT: set[asyncio.Task[None]] = set()


def keep(task: asyncio.Task[None]) -> None:
    KEPT.add(task)
    task.add_done_callback(KEPT.discard)


def end(task: asyncio.Task[None]) -> None:
    task.cancel()


def describe(task: asyncio.Task[None]) -> None:
    print(task.get_name())


def spawn(job) -> asyncio.Task[None]:
    return asyncio.create_task(job())
