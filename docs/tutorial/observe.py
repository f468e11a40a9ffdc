"""Runs a system, stops it and looks for what it left behind. Knows nothing of its daemons."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from world import SPEED, Database, Facts, busy_minute

EARLY_SPEED = 5.0
"""Slower than the rest, so that a busy machine cannot turn the early stop into a late one."""


class System(Protocol):
    """What `before.system.System` and `after.system.System` have in common."""

    speed: float
    database: Database

    async def start(self) -> None: ...
    async def emit(self, event: str, payload: Any) -> object: ...
    async def shutdown(self) -> None: ...
    def facts(self) -> Facts: ...
    def subscriptions(self) -> list[tuple[str, Callable[..., object]]]: ...


@dataclass(frozen=True)
class Leftovers:
    """What is still alive after a shutdown, by name."""

    subscriptions: tuple[str, ...] = ()
    timers: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many things are left."""
        return len(self.subscriptions) + len(self.timers) + len(self.tasks)

    def lines(self) -> list[str]:
        """One line for each thing, as `kind  name`."""
        return [
            *(f"subscription  {name}" for name in self.subscriptions),
            *(f"timer         {name}" for name in self.timers),
            *(f"task          {name}" for name in self.tasks),
        ]


def name_of(function: object) -> str:
    """A function's name with its class, without the module."""
    function = getattr(function, "__wrapped__", getattr(function, "func", function))
    return str(getattr(function, "__qualname__", function))


def leftovers(subscriptions: Iterable[tuple[str, Callable[..., object]]] = ()) -> Leftovers:
    """Look around in the running loop: its tasks but this one, its timers, the subscriptions."""
    loop = asyncio.get_running_loop()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    # asyncio has no public list of timers. A timer that only wakes a sleeping task is counted
    # with the task.
    timers = [
        name_of(handle._callback)
        for handle in getattr(loop, "_scheduled", ())
        if not handle.cancelled()
    ]
    return Leftovers(
        tuple(sorted(f"{event} -> {name_of(handler)}" for event, handler in subscriptions)),
        tuple(sorted(name for name in timers if name != "_set_result_unless_cancelled")),
        tuple(sorted(name_of(task.get_coro()) for task in tasks)),
    )


async def full_run(system: System) -> tuple[Facts, Leftovers]:
    """Start, live through a busy minute, shut down: what was done, and what is left."""
    await system.start()
    await busy_minute(system.database, system.emit, system.speed)
    facts = system.facts()
    await system.shutdown()
    return facts, leftovers(system.subscriptions())


async def early_stop(system: System) -> Leftovers:
    """Stop one second into the start-up, as Ctrl-C does: what is left."""
    start = asyncio.create_task(system.start())
    await asyncio.sleep(1 / system.speed)
    start.cancel()
    await asyncio.gather(start, return_exceptions=True)
    await system.shutdown()
    return leftovers(system.subscriptions())


def main(make: Callable[[float], System]) -> None:
    """The command line of both forms: run, and say what was done and what is left."""
    parser = argparse.ArgumentParser(description="Run the system for a minute of its own time.")
    parser.add_argument("--speed", type=float, default=SPEED, help="times real time (%(default)g)")
    speed = parser.parse_args().speed
    if not speed > 0:
        parser.error("--speed must be greater than 0")
    facts, after_run = asyncio.run(full_run(make(speed)))
    print(facts)
    print(f"left after shutdown: {after_run.total}", *after_run.lines(), sep="\n  ")
    after_stop = asyncio.run(early_stop(make(min(speed, EARLY_SPEED))))
    print(f"left after an early stop: {after_stop.total}", *after_stop.lines(), sep="\n  ")
