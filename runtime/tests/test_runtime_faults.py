"""The fault matrix: each row is a fault under which at least one known library fails.

The rows that the tests of the promises show in depth are here in their plain form, so that the
table can be read in one place. The libraries were mode, aiomisc, contextlib.AsyncExitStack,
aiojobs, TaskGroup, APScheduler, tornado, discord.ext.tasks, textual, blinker and pyee.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
from collections.abc import Callable
from typing import Any

import pytest

from daemonbase import DaemonBase, DaemonClosedError, EventBus
from runtime_clock import VirtualLoop, left, loop, run, steps
from runtime_untyped import fields


class Loaded(DaemonBase):
    """Holds one of each, with a hook of its own."""

    def __init__(self, hook: Callable[[], Any] | None = None) -> None:
        super().__init__("loaded", bus=EventBus())
        self.hook = hook
        self.lines: list[str] = []

    async def initialize(self) -> None:
        self.register_pair(self.lines.append, "first released")
        self.register_pair(self.lines.append, "last released")
        self.subscribe("e", lambda payload: self.lines.append("handler"))
        self.register_interval("i", lambda: self.lines.append("tick"), 10)
        self.defer_initialization(lambda: self.lines.append("deferred"), 10)
        self.register_task(self.work())
        await steps(1)

    async def work(self) -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            self.lines.append("task ended")

    async def cleanup(self) -> None:
        self.lines.append("hook")
        if self.hook is not None:
            await self.hook()


RELEASED = ["hook", "last released", "first released", "task ended"]


def released(daemon: Loaded) -> bool:
    return daemon.lines == RELEASED and left() == {"timers": 0, "tasks": 0}


# --- lifecycle --------------------------------------------------------------------------------


def test_hook_raises_and_the_rest_is_released() -> None:
    """mode skips its exit stack and children; aiomisc cancels the siblings."""

    async def fail() -> None:
        raise ValueError("hook")

    async def scenario() -> None:
        daemon, sibling = Loaded(fail), Loaded()
        await daemon.start()
        await sibling.start()
        with pytest.raises(ValueError, match="hook"):
            await daemon.shutdown()
        assert daemon.lines == RELEASED
        assert sibling.stats()["state"] == "running"
        await sibling.shutdown()
        assert released(sibling)

    run(scenario())


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt, asyncio.CancelledError])
def test_an_unsubscribe_raises(kind: type[BaseException]) -> None:
    async def scenario() -> None:
        daemon = Loaded()
        await daemon.start()

        def fail() -> None:
            raise kind

        daemon.register_subscription(fail)
        try:
            await daemon.shutdown()
        except (ValueError, KeyboardInterrupt) as error:
            assert type(error) is kind
        except BaseExceptionGroup as group:
            assert [type(error) for error in group.exceptions] == [asyncio.CancelledError]
        assert released(daemon)

    run(scenario())


def test_two_unsubscribes_raise_and_both_are_told() -> None:
    """AsyncExitStack shows the last one only, without a context."""

    async def scenario() -> None:
        daemon = Loaded()
        await daemon.start()
        for kind in (ValueError, OSError):
            daemon.register_pair(_raise, kind("no"))
        with pytest.raises(ExceptionGroup) as caught:
            await daemon.shutdown()
        assert [type(error) for error in caught.value.exceptions] == [OSError, ValueError]
        assert released(daemon)

    run(scenario())


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("step", range(1, 15))
def test_shutdown_cancelled_at_any_step(step: int) -> None:
    """mode leaks up to step 5, and swallows the cancellation from step 6 on."""

    async def scenario() -> None:
        daemon = Loaded(lambda: steps(4))
        await daemon.start()
        task = asyncio.create_task(daemon.shutdown())
        await steps(step)
        over = task.done()
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled() or over
        assert released(daemon)

    run(scenario())


def test_cancelled_in_the_hook_and_a_later_unsubscribe_raises(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """With AsyncExitStack the ValueError replaces the cancellation: task.cancelled() is False."""

    async def scenario() -> None:
        daemon = Loaded(lambda: asyncio.sleep(10))
        await daemon.start()
        daemon.register_pair(_raise, ValueError("no"))
        task = asyncio.create_task(daemon.shutdown())
        await steps(2)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert released(daemon)

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert [fields(record, "kind") for record in caplog.records] == [("unsubscribe",)]


def test_a_concurrent_second_call_waits_for_the_end() -> None:
    """mode, aiomisc, AsyncExitStack and aiojobs all return early."""

    async def scenario() -> None:
        daemon = Loaded(lambda: asyncio.sleep(5))
        await daemon.start()
        first = asyncio.create_task(daemon.shutdown())
        await steps(1)
        await daemon.shutdown()
        assert released(daemon)
        assert loop().time() == 5
        await first

    run(scenario())


@pytest.mark.parametrize("place", ["interval", "task"])
def test_from_inside_of_its_own_interval_or_task(place: str) -> None:
    """aiojobs and aiomisc: RecursionError, or the callback is cancelled out of its own await."""

    async def scenario() -> None:
        daemon = Loaded()
        await daemon.start()

        async def end() -> None:
            await daemon.shutdown()
            await steps(2)
            daemon.lines.append("went on")

        if place == "interval":
            daemon.register_interval("end", end, 1)
        else:
            daemon.register_task(end())
        await asyncio.sleep(2)
        assert daemon.lines == [*RELEASED, "went on"]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_registered_during_the_shutdown_is_released_too() -> None:
    async def scenario() -> None:
        daemon = Loaded()

        async def hook() -> None:
            daemon.register_pair(daemon.lines.append, "late released")
            daemon.register_task(daemon.work())
            await steps(1)

        daemon.hook = hook
        await daemon.start()
        await daemon.shutdown()
        assert daemon.lines[:2] == ["hook", "late released"]
        assert daemon.lines.count("task ended") == 2
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_registered_after_the_shutdown_is_refused_and_released() -> None:
    """mode, AsyncExitStack and APScheduler accept it in silence, and leak."""

    async def scenario() -> None:
        daemon = Loaded()
        await daemon.start()
        await daemon.shutdown()
        with pytest.raises(DaemonClosedError):
            daemon.register_pair(daemon.lines.append, "too late")
        with pytest.raises(DaemonClosedError):
            daemon.register_task(daemon.work())
        assert daemon.lines == [*RELEASED, "too late"]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_a_pending_deferred_call_never_runs() -> None:
    """mode wakes it early and runs it at the stop; a bare call_later runs it afterwards."""

    async def scenario() -> None:
        daemon = Loaded()
        await daemon.start()
        await daemon.shutdown()
        await asyncio.sleep(100)
        assert released(daemon)

    run(scenario())


def test_an_event_during_the_shutdown_finds_nobody_once_the_release_has_begun() -> None:
    """mode calls the handler on the half-dead service."""

    async def scenario() -> None:
        daemon = Loaded(lambda: daemon.bus.emit("e"))
        await daemon.start()
        daemon.register_subscription(lambda: daemon.bus.emit("e"))  # async, after the release
        await daemon.shutdown()
        assert daemon.lines == ["hook", "handler", "last released", "first released", "task ended"]
        await daemon.bus.emit("e")
        assert daemon.lines.count("handler") == 1

    run(scenario())


def test_a_ready_callback_raises_and_the_start_goes_on() -> None:
    """In mode it escapes start(), and the state stays as it was."""

    async def scenario() -> None:
        daemon = Loaded()
        other = DaemonBase("other", bus=daemon.bus)
        other.on_daemon_ready("loaded", lambda: 1 / 0)
        await daemon.start()
        assert daemon.stats()["state"] == "running"
        await daemon.shutdown()
        await other.shutdown()

    run(scenario())


def test_the_loop_is_closed_before_the_shutdown() -> None:
    """PeriodicCallback.stop: no running loop; APScheduler: RuntimeError, and it stays running."""
    virtual = VirtualLoop()
    daemon = Loaded()
    virtual.run_until_complete(daemon.start())
    virtual.close()
    run(daemon.shutdown())
    assert daemon.lines[:3] == RELEASED[:3]
    assert daemon.stats()["state"] == "stopped"


# --- intervals --------------------------------------------------------------------------------


def ticker(callback: Callable[[], Any], seconds: float, until: float, expected: int) -> None:
    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        daemon.register_interval("i", callback, seconds)
        await asyncio.sleep(until)
        assert daemon.stats()["intervals"]["i"]["ticks"] == expected
        await daemon.shutdown()
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_a_body_longer_than_the_period_stays_on_the_grid() -> None:
    """Body 50 ms, period 20 ms: a gap of 60. mode 72, aiomisc 71, discord 51, textual 80."""
    starts: list[float] = []

    async def body() -> None:
        starts.append(loop().time())
        await asyncio.sleep(0.05)

    ticker(body, 0.02, 0.49, 8)
    assert [round(b - a, 6) for a, b in itertools.pairwise(starts)] == [0.06] * 7


@pytest.mark.parametrize("kind", [ValueError, asyncio.CancelledError])
@pytest.mark.parametrize("is_async", [False, True])
def test_a_callback_raises_and_the_interval_goes_on(
    kind: type[BaseException], is_async: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """discord, mode and textual stop for ever, some in silence; a bare loop, too."""

    def fail() -> None:
        raise kind

    async def fail_async() -> None:
        fail()

    with caplog.at_level(logging.ERROR):
        ticker(fail_async if is_async else fail, 1, 7.5, 7)
    assert len([record for record in caplog.records if record.name == "daemonbase.d"]) == 7


@pytest.mark.parametrize("is_async", [False, True])
def test_another_base_exception_is_logged_once_and_the_interval_goes_on(
    is_async: bool, caplog: pytest.LogCaptureFixture
) -> None:
    class Odd(BaseException):
        pass

    def fail() -> None:
        raise Odd

    async def fail_async() -> None:
        fail()

    with caplog.at_level(logging.ERROR):
        ticker(fail_async if is_async else fail, 1, 7.5, 7)
    # asyncio may speak of garbage that other tests have left.
    names = [record.name for record in caplog.records if record.name != "asyncio"]
    assert names == ["daemonbase.d"] * 7


def test_an_interval_that_stops_itself_runs_to_its_end() -> None:
    """Elsewhere the code after the next await is cancelled, or goes on unseen."""

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        after: list[int] = []

        async def tick() -> None:
            assert daemon.clear_interval("i")
            await steps(1)
            after.append(1)

        daemon.register_interval("i", tick, 1)
        await asyncio.sleep(5)
        assert after == [1]
        await daemon.shutdown()

    run(scenario())


def test_stopped_with_a_callback_in_flight_it_is_joined() -> None:
    """tornado's finishes later; bare, discord and textual cancel it and do not wait."""

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        ends: list[float] = []

        async def body() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(0.5)
                ends.append(loop().time())

        daemon.register_interval("i", body, 1)
        await asyncio.sleep(1.5)
        await daemon.shutdown()
        assert ends == [2]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_started_twice_under_one_name_it_has_one_rate() -> None:
    """textual ticks at double rate; others raise."""

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        ticks: list[int] = []
        for _ in range(2):
            daemon.register_interval("i", lambda: ticks.append(1), 1)
        await asyncio.sleep(5.5)
        assert len(ticks) == 5
        await daemon.shutdown()

    run(scenario())


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf])
def test_impossible_periods_are_refused(seconds: float) -> None:
    """Zero hangs textual and APScheduler; aiomisc and mode take -1."""

    async def scenario() -> None:
        with pytest.raises(ValueError, match="more than zero and finite"):
            DaemonBase("d", bus=EventBus()).register_interval("i", print, seconds)

    run(scenario())


# --- events -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ValueError, asyncio.CancelledError])
def test_a_handler_raises_and_the_rest_run_in_order(kind: type[BaseException]) -> None:
    """blinker, pyee, mode and aiomisc stop there; which ones ran differs from run to run."""

    async def scenario() -> None:
        bus = EventBus()
        calls: list[int] = []

        def listen(number: int) -> None:
            bus.subscribe("e", lambda payload: calls.append(number))

        for number in range(5):
            listen(number)
            if number == 2:
                bus.subscribe("e", lambda payload: _raise(kind("no")))
        await bus.emit("e")
        assert calls == [0, 1, 2, 3, 4]

    run(scenario())


def test_handlers_that_unsubscribe_themselves_or_later_ones() -> None:
    """aiomisc: RuntimeError, the set changed size; pyee and mode still call those removed."""

    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []
        ends: list[Any] = []

        def first(payload: object) -> None:
            calls.append("first")
            for end in ends:
                end()
            bus.subscribe("e", lambda payload: calls.append("new"))

        ends.append(bus.subscribe("e", first))
        ends.append(bus.subscribe("e", lambda payload: calls.append("removed")))
        await bus.emit("e")
        assert calls == ["first"]
        await bus.emit("e")
        assert calls == ["first", "new"]

    run(scenario())


def test_one_handler_twice_is_called_twice_and_each_end_removes_one() -> None:
    """All the others call it once."""

    async def scenario() -> None:
        bus = EventBus()
        calls: list[object] = []
        handler = calls.append
        first, second = bus.subscribe("e", handler), bus.subscribe("e", handler)
        await bus.emit("e", 1)
        first()
        await bus.emit("e", 2)
        second()
        await bus.emit("e", 3)
        assert calls == [1, 1, 2]

    run(scenario())


def test_sync_and_async_handlers_mix() -> None:
    """blinker: RuntimeError half-way; pyee: a coroutine that is never awaited."""

    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []

        async def later(payload: object) -> None:
            await steps(1)
            calls.append("async")

        bus.subscribe("e", lambda payload: calls.append("sync"))
        bus.subscribe("e", later)
        bus.subscribe("e", lambda payload: calls.append("sync again"))
        await bus.emit("e")
        assert calls == ["sync", "async", "sync again"]

    run(scenario())


def test_a_late_subscriber_to_readiness_is_told() -> None:
    """All the others miss it."""

    async def scenario() -> None:
        daemon = Loaded()
        await daemon.start()
        other = DaemonBase("other", bus=daemon.bus)
        told: list[int] = []
        other.on_daemon_ready("loaded", lambda: told.append(1))
        await steps(2)
        assert told == [1]
        await other.shutdown()
        await daemon.shutdown()

    run(scenario())


def test_unsubscribed_while_in_flight_the_handler_completes() -> None:
    async def scenario() -> None:
        bus = EventBus()
        ends: list[int] = []

        async def slow(payload: object) -> None:
            await asyncio.sleep(1)
            ends.append(1)

        end = bus.subscribe("e", slow)
        task = bus.emit_nowait("e")
        await steps(2)
        end()
        assert task is not None
        await task
        assert ends == [1]

    run(scenario())
