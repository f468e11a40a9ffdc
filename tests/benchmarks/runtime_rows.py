"""What is measured of the runtime: each row is one kind of work, done bare and by daemonbase.

A function gets a number of things, prepares them, does the work and returns the seconds of CPU time
that it took. Ticks and shutdowns run on a loop of virtual time, so that only the CPU counts.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Coroutine
from typing import Any

from daemonbase import DaemonBase, EventBus
from runtime_clock import loop as virtual_loop
from runtime_clock import run as run_virtual

Work = Callable[[int], float]
PERIOD = 1.0
TICKS = 4_000
clock = time.process_time  # what else the machine does is not counted
quiet = logging.getLogger("benchmark")
quiet.setLevel(logging.CRITICAL)


def nothing(*_: object) -> None:
    """The sync callback, handler and unsubscribe of all rows."""


async def nothing_async(*_: object) -> None:
    """The async callback and handler of all rows."""


def daemon(bus: EventBus | None = None) -> DaemonBase:
    """A daemon that logs nothing, as the peers do."""
    return DaemonBase("bench", bus=bus or EventBus(), logger=quiet)


def timed(coroutine: Coroutine[Any, Any, float], virtual: bool = False) -> float:
    """Run a measurement that returns its seconds; the collector is off meanwhile."""
    gc.collect()
    gc.disable()
    try:
        return run_virtual(coroutine) if virtual else asyncio.run(coroutine)
    finally:
        gc.enable()


async def let_tick(count: int) -> float:
    """Let `count` timers tick TICKS times in all; seconds for each tick."""
    rounds = max(1, TICKS // count)
    await asyncio.sleep(PERIOD / 2)
    began = clock()
    await asyncio.sleep(rounds * PERIOD)
    return (clock() - began) / (rounds * count)


# --- (a) ticks ------------------------------------------------------------------------------


def bare_tick_sync(count: int) -> float:
    async def work() -> float:
        loop = asyncio.get_running_loop()

        def tick() -> None:
            nothing()
            loop.call_later(PERIOD, tick)

        for _ in range(count):
            loop.call_later(PERIOD, tick)
        return await let_tick(count)

    return timed(work(), virtual=True)


def bare_tick_apart(count: int) -> float:
    """No two at one moment: each needs a timer of its own, or a turn of the daemon's."""

    async def work() -> float:
        loop = virtual_loop()

        def tick() -> None:
            nothing()
            loop.call_later(PERIOD, tick)

        for _ in range(count):
            loop.call_later(PERIOD, tick)
            loop.advance(PERIOD / count)
        return await let_tick(count)

    return timed(work(), virtual=True)


def daemon_tick_apart(count: int) -> float:
    async def work() -> float:
        async with daemon() as one:
            for number in range(count):
                one.register_interval(f"i{number}", nothing, PERIOD)
                virtual_loop().advance(PERIOD / count)
            return await let_tick(count)

    return timed(work(), virtual=True)


def bare_tick_async(count: int) -> float:
    async def work() -> float:
        loop = asyncio.get_running_loop()
        tasks: set[asyncio.Task[None]] = set()

        def tick() -> None:
            task = loop.create_task(nothing_async())
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            loop.call_later(PERIOD, tick)

        for _ in range(count):
            loop.call_later(PERIOD, tick)
        return await let_tick(count)

    return timed(work(), virtual=True)


def _daemon_tick(callback: Callable[[], object], count: int) -> float:
    async def work() -> float:
        async with daemon() as one:
            for number in range(count):
                one.register_interval(f"i{number}", callback, PERIOD)
            return await let_tick(count)

    return timed(work(), virtual=True)


def daemon_tick_sync(count: int) -> float:
    return _daemon_tick(nothing, count)


def daemon_tick_async(count: int) -> float:
    return _daemon_tick(nothing_async, count)


# --- (c) register and release ---------------------------------------------------------------


def bare_register(count: int) -> float:
    async def work() -> float:
        began = clock()
        kept: list[Callable[[], None]] = []
        for _ in range(count):
            kept.append(nothing)
        for unsubscribe in kept:
            unsubscribe()
        return (clock() - began) / count

    return timed(work())


def daemon_register(count: int) -> float:
    async def work() -> float:
        one = daemon()
        began = clock()
        for _ in range(count):
            one.register_subscription(nothing)
        one.cleanup_subscriptions()
        return (clock() - began) / count

    return timed(work())


def bus_subscribe(count: int) -> float:
    async def work() -> float:
        bus = EventBus()
        began = clock()
        kept = [bus.subscribe("event", nothing) for _ in range(count)]
        for unsubscribe in kept:
            unsubscribe()
        return (clock() - began) / count

    return timed(work())


def daemon_subscribe(count: int) -> float:
    async def work() -> float:
        one = daemon()
        began = clock()
        for _ in range(count):
            one.subscribe("event", nothing)
        one.cleanup_subscriptions()
        return (clock() - began) / count

    return timed(work())


# --- (d) emit -------------------------------------------------------------------------------


def repeats(count: int) -> int:
    """How often to emit to `count` handlers, for enough to measure."""
    return max(1, 4_000 // count)


def bare_emit_sync(count: int) -> float:
    async def work() -> float:
        handlers = [nothing] * count
        began = clock()
        for _ in range(repeats(count)):
            for handler in handlers:
                handler("payload")
        return (clock() - began) / repeats(count) / count

    return timed(work())


def bare_emit_async(count: int) -> float:
    async def work() -> float:
        handlers = [nothing_async] * count
        began = clock()
        for _ in range(repeats(count)):
            for handler in handlers:
                await handler("payload")
        return (clock() - began) / repeats(count) / count

    return timed(work())


def _daemon_emit(handler: Callable[..., object], count: int) -> float:
    async def work() -> float:
        bus = EventBus()
        async with daemon(bus) as one:
            for _ in range(count):
                one.subscribe("event", handler)
            began = clock()
            for _ in range(repeats(count)):
                await bus.emit("event", "payload")
            return (clock() - began) / repeats(count) / count

    return timed(work())


def bus_emit_async(count: int) -> float:
    async def work() -> float:
        bus = EventBus()
        for _ in range(count):
            bus.subscribe("event", nothing_async)
        began = clock()
        for _ in range(repeats(count)):
            await bus.emit("event", "payload")
        return (clock() - began) / repeats(count) / count

    return timed(work())


def daemon_emit_sync(count: int) -> float:
    return _daemon_emit(nothing, count)


def daemon_emit_async(count: int) -> float:
    return _daemon_emit(nothing_async, count)


# --- (e) shutdown ---------------------------------------------------------------------------

EACH = 10  # intervals, and subscriptions, of every service


def bare_shutdown(count: int) -> float:
    async def work() -> float:
        loop = asyncio.get_running_loop()
        services = [
            ([loop.call_later(60, nothing) for _ in range(EACH)], [nothing] * EACH)
            for _ in range(count)
        ]
        await asyncio.sleep(0)
        began = clock()
        for timers, subscriptions in services:
            for timer in timers:
                timer.cancel()
            for unsubscribe in subscriptions:
                unsubscribe()
            timers.clear()  # what is released is dropped, by all
            subscriptions.clear()
        return (clock() - began) / count

    return timed(work(), virtual=True)


class Service(DaemonBase):
    """Holds what a service of the shutdown row holds, and has a hook."""

    async def initialize(self) -> None:
        for number in range(EACH):
            self.register_interval(f"i{number}", nothing, 60)
            self.register_subscription(nothing)

    async def cleanup(self) -> None:
        nothing()


def daemon_shutdown(count: int) -> float:
    async def work() -> float:
        bus = EventBus()
        services = [Service("bench", bus=bus, logger=quiet) for _ in range(count)]
        for service in services:
            await service.start()
        began = clock()
        for service in services:
            await service.shutdown()
        return (clock() - began) / count

    return timed(work(), virtual=True)


# --- (b) drift ------------------------------------------------------------------------------


def drift(ticks: int = 150, period: float = 0.02, body: float = 0.006) -> tuple[int, float]:
    """Ticks that came in `ticks` periods of real time, and how late the last one was (seconds)."""

    async def work() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        times: list[float] = []

        async def tick() -> None:
            times.append(loop.time())
            await asyncio.sleep(body)

        async with daemon() as one:
            began = loop.time()
            one.register_interval("tick", tick, period)
            await asyncio.sleep((ticks + 0.5) * period)
        due = began + round((times[-1] - began) / period) * period
        return len(times), times[-1] - due

    return asyncio.run(work())


# --- (f) memory, and the import -------------------------------------------------------------


def bytes_each(make: Callable[[int], object], count: int = 10_000) -> float:
    """Bytes that each of `count` things takes."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = make(count)
    gc.collect()
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del kept
    return used / count


def subscription_bytes(count: int, owned: bool) -> float:
    """Of a subscription of a bus with its handle; if it is owned, of one that a daemon ends."""
    bus = EventBus()
    subscribe = daemon(bus).subscribe if owned else bus.subscribe

    def make(count: int) -> object:
        for _ in range(count):
            subscribe("event", nothing)
        return bus

    return bytes_each(make, count)


def interval_bytes() -> float:
    async def work() -> float:
        one = daemon()
        names = [f"i{number}" for number in range(10_000)]

        def make(_: int) -> object:
            for name in names:
                one.register_interval(name, nothing, 60)
            return one

        size = bytes_each(make)
        one.cleanup_intervals()
        return size

    return run_virtual(work())


def timer_bytes() -> float:
    async def work() -> float:
        loop = asyncio.get_running_loop()
        return bytes_each(lambda count: [loop.call_later(60, nothing) for _ in range(count)])

    return run_virtual(work())


def import_seconds(module: str) -> float:
    """Seconds that the import takes in a new process."""
    code = (
        f"import sys, time; sys.path[:0] = {sys.path!r}; began = time.process_time(); "
        f"import {module}; print(time.process_time() - began)"
    )
    command = [sys.executable, "-I", "-c", code]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
