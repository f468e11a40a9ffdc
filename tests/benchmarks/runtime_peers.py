"""The same kinds of work done by other libraries; each is left out where it is not installed."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib.metadata
from collections.abc import Callable
from typing import Any

from benchmarks.runtime_rows import (
    EACH,
    PERIOD,
    Work,
    bytes_each,
    clock,
    let_tick,
    nothing,
    nothing_async,
    repeats,
    timed,
)
from runtime_clock import run as run_virtual


def version(distribution: str) -> str:
    """`name version` of an installed distribution, or ''."""
    try:
        return f"{distribution} {importlib.metadata.version(distribution)}"
    except importlib.metadata.PackageNotFoundError:
        return ""


# --- ticks ------------------------------------------------------------------------------------


def tornado_tick(callback: Callable[[], Any], count: int) -> float:
    from tornado.ioloop import IOLoop, PeriodicCallback

    async def work() -> float:
        current: Any = IOLoop.current()
        current.time = asyncio.get_running_loop().time  # the virtual clock
        timers = [PeriodicCallback(callback, PERIOD * 1000) for _ in range(count)]
        for timer in timers:
            timer.start()
        took = await let_tick(count)
        for timer in timers:
            timer.stop()
        return took

    return timed(work(), virtual=True)


def aiomisc_tick(callback: Callable[[], Any], count: int) -> float:
    from aiomisc import PeriodicCallback

    async def work() -> float:
        timers = [PeriodicCallback(callback) for _ in range(count)]
        for timer in timers:
            timer.start(PERIOD, delay=PERIOD)
        took = await let_tick(count)
        for timer in timers:
            await timer.stop(return_exceptions=True)
        return took

    return timed(work(), virtual=True)


def _mode_service(callback: Callable[[], Any] | None, count: int) -> Any:
    from mode import Service

    class Ticking(Service):  # type: ignore[misc, unused-ignore]  # Any where mode is missing
        async def on_start(self) -> None:
            for _ in range(count):
                self.add_future(self.tick())

        async def tick(self) -> None:
            clock = asyncio.get_running_loop().time
            async for _ in self.itertimer(PERIOD, clock=clock, sleep=asyncio.sleep):
                assert callback is not None
                result = callback()
                if result is not None:
                    await result

    return Ticking()


def mode_tick(callback: Callable[[], Any], count: int) -> float:
    async def work() -> float:
        service = _mode_service(callback, count)
        await service.start()
        took = await let_tick(count)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        return took

    return timed(work(), virtual=True)


def loop_tick(callback: Callable[[], Any], count: int) -> float:
    """`while True: await sleep()`, the loop that everybody writes first."""

    async def work() -> float:
        async def forever() -> None:
            while True:
                await asyncio.sleep(PERIOD)
                result = callback()
                if result is not None:
                    await result

        tasks = [asyncio.create_task(forever()) for _ in range(count)]
        took = await let_tick(count)
        for task in tasks:
            task.cancel()
        return took

    return timed(work(), virtual=True)


# --- register and release ---------------------------------------------------------------------


def _functions(count: int, make: Callable[[], Any]) -> list[Any]:
    """As many different functions: the peers take the same one only once."""
    return [make() for _ in range(count)]


def _connected(
    count: int, make: Callable[[], Any], connect: Callable[[Any], Any], end: Callable[[Any], Any]
) -> float:
    functions = _functions(count, make)

    async def work() -> float:
        began = clock()
        for function in functions:
            connect(function)
        for function in functions:
            end(function)
        return (clock() - began) / count

    return timed(work())


def blinker_register(count: int) -> float:
    from blinker import Signal

    signal = Signal()
    connect = functools.partial(signal.connect, weak=False)
    return _connected(count, lambda: lambda *_, **__: None, connect, signal.disconnect)


def pyee_register(count: int) -> float:
    from pyee import EventEmitter

    emitter = EventEmitter()

    def end(function: Any) -> None:
        emitter.remove_listener("event", function)

    return _connected(count, lambda: lambda *_: None, functools.partial(emitter.on, "event"), end)


def mode_register(count: int) -> float:
    from mode.signals import SyncSignal

    class Owner:
        signal = SyncSignal()

    signal = Owner.signal
    return _connected(
        count, lambda: lambda *_, **__: None, functools.partial(signal.connect, weak=False),
        signal.disconnect,
    )  # fmt: skip


def aiomisc_register(count: int) -> float:
    from aiomisc import Signal

    def make() -> Any:
        async def handler(*_: object) -> None: ...

        return handler

    signal = Signal()
    return _connected(count, make, signal.connect, signal.disconnect)


def exit_stack_register(count: int) -> float:
    async def work() -> float:
        began = clock()
        with contextlib.ExitStack() as stack:
            for _ in range(count):
                stack.callback(nothing)
        return (clock() - began) / count

    return timed(work())


# --- emit -------------------------------------------------------------------------------------


def _emitted(count: int, emit: Callable[[], Any]) -> float:
    async def work() -> float:
        began = clock()
        for _ in range(repeats(count)):
            result = emit()
            if result is not None and hasattr(result, "__await__"):
                await result
        return (clock() - began) / repeats(count) / count

    return timed(work())


def blinker_emit(count: int) -> float:
    from blinker import Signal

    signal = Signal()
    kept = _functions(count, lambda: lambda sender: None)
    for function in kept:
        signal.connect(function, weak=False)
    return _emitted(count, lambda: signal.send("payload") and None)


def blinker_emit_async(count: int) -> float:
    from blinker import Signal

    def make() -> Any:
        async def handler(sender: object) -> None: ...

        return handler

    signal = Signal()
    for function in _functions(count, make):
        signal.connect(function, weak=False)
    return _emitted(count, lambda: signal.send_async("payload"))


def pyee_emit(count: int) -> float:
    from pyee import EventEmitter

    emitter = EventEmitter()
    for function in _functions(count, lambda: lambda *_: None):
        emitter.on("event", function)
    return _emitted(count, lambda: emitter.emit("event", "payload") and None)


def pyee_emit_async(count: int) -> float:
    from pyee.asyncio import AsyncIOEventEmitter

    def make() -> Any:
        async def handler(*_: object) -> None: ...

        return handler

    emitter = AsyncIOEventEmitter()
    for function in _functions(count, make):
        emitter.on("event", function)

    async def emit() -> None:
        emitter.emit("event", "payload")
        await emitter.wait_for_complete()

    return _emitted(count, emit)


def mode_emit(count: int) -> float:
    from mode.signals import SyncSignal

    class Owner:
        signal = SyncSignal()

    for function in _functions(count, lambda: lambda *_, **__: None):
        Owner.signal.connect(function, weak=False)
    return _emitted(count, lambda: Owner.signal.send("payload"))


def mode_emit_async(count: int) -> float:
    from mode.signals import Signal

    class Owner:
        signal = Signal()

    def make() -> Any:
        async def handler(*_: object, **__: object) -> None: ...

        return handler

    for function in _functions(count, make):
        Owner.signal.connect(function, weak=False)
    return _emitted(count, lambda: Owner.signal.send("payload"))


def aiomisc_emit_async(count: int) -> float:
    from aiomisc import Signal

    def make() -> Any:
        async def handler(*_: object) -> None: ...

        return handler

    signal = Signal()
    for function in _functions(count, make):
        signal.connect(function)
    return _emitted(count, lambda: signal.call("payload"))


# --- shutdown ---------------------------------------------------------------------------------


def tornado_shutdown(count: int) -> float:
    from tornado.ioloop import PeriodicCallback

    async def work() -> float:
        services = [
            ([PeriodicCallback(nothing, 60_000) for _ in range(EACH)], [nothing] * EACH)
            for _ in range(count)
        ]
        for timers, _ in services:
            for timer in timers:
                timer.start()
        began = clock()
        for timers, subscriptions in services:
            for timer in timers:
                timer.stop()
            for unsubscribe in subscriptions:
                unsubscribe()
            timers.clear()
            subscriptions.clear()
        return (clock() - began) / count

    return timed(work(), virtual=True)


def exit_stack_shutdown(count: int) -> float:
    async def work() -> float:
        loop = asyncio.get_running_loop()
        stacks = [contextlib.AsyncExitStack() for _ in range(count)]
        for stack in stacks:
            for _ in range(EACH):
                stack.callback(loop.call_later(60, nothing).cancel)
                stack.callback(nothing)
            stack.push_async_callback(nothing_async)
        began = clock()
        for stack in stacks:
            await stack.aclose()
        return (clock() - began) / count

    return timed(work(), virtual=True)


def aiomisc_shutdown(count: int) -> float:
    from aiomisc import PeriodicCallback

    async def work() -> float:
        services = [[PeriodicCallback(nothing) for _ in range(EACH)] for _ in range(count)]
        for timers in services:
            for timer in timers:
                timer.start(60, delay=60)
        await asyncio.sleep(0.1)
        began = clock()
        for timers in services:
            for timer in timers:
                await timer.stop(return_exceptions=True)
            for _ in range(EACH):
                nothing()
            timers.clear()
        return (clock() - began) / count

    return timed(work(), virtual=True)


def mode_shutdown(count: int) -> float:
    async def work() -> float:
        services = [_mode_service(nothing, EACH) for _ in range(count)]
        for service in services:
            await service.start()
            for _ in range(EACH):
                service.exit_stack.callback(nothing)
        await asyncio.sleep(0.1)
        began = clock()
        for service in services:
            await service.stop()
        return (clock() - began) / count

    return timed(work(), virtual=True)


# --- memory -----------------------------------------------------------------------------------


def _connection_bytes(
    count: int, owned: bool, connect: Callable[[Any], Any], end: Callable[[Any], Any]
) -> float:
    """Bytes of a connection; if it is owned, with what mode.Service keeps to end it."""
    functions = _functions(count, lambda: lambda *_, **__: None)
    stack = contextlib.ExitStack()

    def make(_: int) -> None:
        for function in functions:
            connect(function)
            if owned:
                stack.callback(end, function)

    return bytes_each(make, count)


def pyee_bytes(count: int, owned: bool) -> float:
    from pyee import EventEmitter

    emitter = EventEmitter()
    end = functools.partial(emitter.remove_listener, "event")
    return _connection_bytes(count, owned, functools.partial(emitter.on, "event"), end)


def blinker_bytes(count: int, owned: bool) -> float:
    from blinker import Signal

    signal = Signal()
    connect = functools.partial(signal.connect, weak=False)
    return _connection_bytes(count, owned, connect, signal.disconnect)


def mode_bytes(count: int, owned: bool) -> float:
    from mode.signals import SyncSignal

    class Owner:
        signal = SyncSignal()

    signal = Owner.signal
    connect = functools.partial(signal.connect, weak=False)
    return _connection_bytes(count, owned, connect, signal.disconnect)


def tornado_interval_bytes() -> float:
    from tornado.ioloop import PeriodicCallback

    async def work() -> float:
        def make(count: int) -> object:
            timers = [PeriodicCallback(nothing, 60_000) for _ in range(count)]
            for timer in timers:
                timer.start()
            return timers

        make(1)  # imports what it needs
        return bytes_each(make)

    return run_virtual(work())


def aiomisc_interval_bytes() -> float:
    from aiomisc import PeriodicCallback

    async def work() -> float:
        def make(count: int) -> object:
            timers = [PeriodicCallback(nothing) for _ in range(count)]
            for timer in timers:
                timer.start(60, delay=60)
            return timers

        make(1)  # imports what it needs
        return bytes_each(make, 2_000)

    return run_virtual(work())


PEERS: dict[str, dict[str, tuple[str, Work]]] = {
    "tick sync": {
        "tornado": ("tornado", functools.partial(tornado_tick, nothing)),
        "aiomisc": ("aiomisc", functools.partial(aiomisc_tick, nothing)),
        "mode": ("mode-streaming", functools.partial(mode_tick, nothing)),
        "sleep loop": ("", functools.partial(loop_tick, nothing)),
    },
    "tick async": {
        "tornado": ("tornado", functools.partial(tornado_tick, nothing_async)),
        "aiomisc": ("aiomisc", functools.partial(aiomisc_tick, nothing_async)),
        "mode": ("mode-streaming", functools.partial(mode_tick, nothing_async)),
        "sleep loop": ("", functools.partial(loop_tick, nothing_async)),
    },
    "register": {
        "ExitStack": ("", exit_stack_register),
        "aiomisc": ("aiomisc", aiomisc_register),
        "mode": ("mode-streaming", mode_register),
        "pyee": ("pyee", pyee_register),
        "blinker": ("blinker", blinker_register),
    },
    "emit sync": {
        "pyee": ("pyee", pyee_emit),
        "mode": ("mode-streaming", mode_emit),
        "blinker": ("blinker", blinker_emit),
    },
    "emit async": {
        "aiomisc": ("aiomisc", aiomisc_emit_async),
        "mode": ("mode-streaming", mode_emit_async),
        "blinker": ("blinker", blinker_emit_async),
        "pyee": ("pyee", pyee_emit_async),
    },
    "shutdown": {
        "tornado": ("tornado", tornado_shutdown),
        "AsyncExitStack": ("", exit_stack_shutdown),
        "aiomisc": ("aiomisc", aiomisc_shutdown),
        "mode": ("mode-streaming", mode_shutdown),
    },
}
BYTES: dict[str, dict[str, tuple[str, Callable[..., float]]]] = {
    "subscription": {
        "mode": ("mode-streaming", mode_bytes),
        "pyee": ("pyee", pyee_bytes),
        "blinker": ("blinker", blinker_bytes),
    },
    "interval": {
        "tornado": ("tornado", tornado_interval_bytes),
        "aiomisc": ("aiomisc", aiomisc_interval_bytes),
    },
}
