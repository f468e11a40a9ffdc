"""The truth: a generated module is executed, and the handles that outlive it are counted."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from daemonbase import EventBus
from oracle.programs import CONDITIONS, COUNTS, MAKERS, RAISES, Program

FILE = "<gadget>"


class Ledger:
    """Every handle made while a program runs, with the line that acquired it."""

    def __init__(self) -> None:
        self.alive: list[tuple[int, Callable[[], bool]]] = []

    def note(self, is_alive: Callable[[], bool]) -> None:
        self.alive.append((_line(), is_alive))

    def live_lines(self) -> set[int]:
        return {line for line, is_alive in self.alive if is_alive()}


def _line() -> int:
    """The line of the program that acquires: the caller of functions that only hand on."""
    frame = sys._getframe(2)
    while frame.f_back is not None:
        if frame.f_code.co_filename == FILE and frame.f_code.co_name not in MAKERS:
            return frame.f_lineno
        frame = frame.f_back
    raise AssertionError("no line of the program acquires this")


class Bus(EventBus):
    """A bus that notes what is subscribed."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger

    def subscribe(self, event: Any, handler: Any) -> Any:
        unsubscribe = super().subscribe(event, handler)
        released = [False]

        def release() -> None:
            released[0] = True
            unsubscribe()

        self.ledger.note(lambda: not released[0])
        return release


@contextmanager
def _noted(ledger: Ledger, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Note the timers and tasks that lines of the program make."""
    call_later, create_task = loop.call_later, asyncio.create_task

    def noted_later(*args: Any, **kwargs: Any) -> Any:
        handle = call_later(*args, **kwargs)
        if sys._getframe(1).f_code.co_filename == FILE:
            ledger.note(lambda: not handle.cancelled())
        return handle

    def noted_task(*args: Any, **kwargs: Any) -> Any:
        task = create_task(*args, **kwargs)
        if sys._getframe(1).f_code.co_filename == FILE:
            ledger.note(lambda: not task.done())
        return task

    with (
        mock.patch.object(loop, "call_later", noted_later),
        mock.patch.object(asyncio, "create_task", noted_task),
    ):
        yield


def leaked_lines(program: Program) -> set[int]:
    """The lines that acquire a handle which, by some path, outlives its owner.

    Each combination of the conditions and loop counts is one life of a fresh object.
    """
    namespace: dict[str, Any] = {"__name__": "gadget"}
    exec(compile(program.source, FILE, "exec", dont_inherit=True), namespace)
    found: set[int] = set()
    with asyncio.Runner() as runner:
        for case in itertools.product(
            itertools.product((False, True), repeat=CONDITIONS),
            _used((0, 1, 2, 3, 4), program.counts, COUNTS),
            _used((0, 1, 2), program.raises, RAISES),
        ):
            found |= runner.run(_live(namespace["Gadget"], case))
    return found


def _used(values: tuple[int, ...], used: int, all_: int) -> Iterator[tuple[int, ...]]:
    """All combinations of what the program looks at; the rest stays zero."""
    for found in itertools.product(values, repeat=used):
        yield (*found, *[0] * (all_ - used))


async def _live(gadget: Any, case: tuple[tuple[int, ...], ...]) -> set[int]:
    ledger = Ledger()
    loop = asyncio.get_running_loop()
    with _noted(ledger, loop):
        it = gadget(Bus(ledger), *case)
        await it.start()
        await (it.shutdown() if hasattr(it, "shutdown") else it.stop())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    live = ledger.live_lines()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)
    return live
