"""P15 to P19 in depth: the grid under arithmetic stress, jitter, on_error, counters."""

from __future__ import annotations

import asyncio
import logging
import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemonbase import DaemonBase, EventBus
from runtime_clock import left, loop, run, steps
from runtime_untyped import fields, untyped


def daemon(name: str = "d") -> DaemonBase:
    return DaemonBase(name, bus=EventBus())


@pytest.mark.parametrize(("period", "start"), [(0.1, 0.0), (1 / 3, 1e9), (0.001, 1.7e9)])
def test_p15_drift_free_over_many_ticks_bit_for_bit(period: float, start: float) -> None:
    """The slow form of this test runs 10^6 ticks."""
    check_grid(period, start, 20_000)


@pytest.mark.slow
@pytest.mark.parametrize(("period", "start"), [(0.1, 0.0), (1 / 3, 1e9)])
def test_p15_a_million_ticks_bit_for_bit(period: float, start: float) -> None:
    check_grid(period, start, 1_000_000)


def check_grid(period: float, start: float, ticks: int) -> None:
    async def scenario() -> None:
        one = daemon()
        times: list[float] = []
        done = asyncio.Event()

        def tick() -> None:
            times.append(loop().time())
            if len(times) == ticks:
                done.set()

        began = loop().time()
        one.register_interval("i", tick, period)
        await done.wait()
        assert all(at == began + k * period for k, at in enumerate(times, 1))
        assert one.stats()["intervals"]["i"]["missed"] == 0
        await one.shutdown()

    run(scenario(), start)


def tornado_next(next_timeout: float, now: float, period: float) -> float:
    """`PeriodicCallback._update_next` of tornado 6.6, in seconds."""
    if next_timeout <= now:
        return next_timeout + (math.floor((now - next_timeout) / period) + 1) * period
    return next_timeout + period


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.floats(0, 5), min_size=1, max_size=20),
    st.booleans(),
)
def test_p15_random_bodies_as_tornado_would_do_it(bodies: list[float], blocking: bool) -> None:
    """Starts are a subset of the grid, runs never overlap, the gap is that of the ceiling."""

    async def scenario() -> None:
        one = daemon()
        starts: list[float] = []
        ends: list[float] = []
        left_over = list(bodies)

        def block() -> None:
            starts.append(loop().time())
            loop().advance(left_over.pop(0) if left_over else 0)
            ends.append(loop().time())

        async def wait() -> None:
            starts.append(loop().time())
            await asyncio.sleep(left_over.pop(0) if left_over else 0)
            ends.append(loop().time())

        one.register_interval("i", block if blocking else wait, 1)
        await asyncio.sleep(sum(bodies) + 2 * len(bodies) + 3)
        await one.shutdown()
        expected = 1.0
        for start, end in zip(starts, ends, strict=False):
            # asyncio fires timers that are due within its clock's resolution.
            assert expected - 1e-8 <= start <= expected
            expected = tornado_next(expected, end, 1.0)
        assert len(starts) > len(bodies)

    run(scenario())


def test_p15_a_stalled_loop_gives_one_tick_and_missed_ones_are_counted() -> None:
    async def scenario() -> None:
        one = daemon()
        ticks: list[float] = []
        one.register_interval("i", lambda: ticks.append(loop().time()), 1)
        await asyncio.sleep(1.5)
        loop().advance(10)  # something else blocks the loop for ten periods
        await asyncio.sleep(2)
        assert ticks == [1, 11.5, 12, 13]
        assert one.stats()["intervals"]["i"]["missed"] == 9
        await one.shutdown()

    run(scenario())


@pytest.mark.parametrize("early", [0.0004, 0.4])
def test_p15_a_timer_that_fires_early_does_not_tick_twice(early: float) -> None:
    """uvloop rounds to milliseconds; asyncio fires within the resolution of its clock."""

    async def scenario() -> None:
        one = daemon()
        ticks: list[int] = []
        one.register_interval("i", lambda: ticks.append(1), 1)
        clock = one._daemon_state.clock
        assert clock is not None
        loop().advance(1 - early)
        assert clock._handle is not None
        clock._handle.cancel()
        clock._fire()
        await asyncio.sleep(early + 0.1)
        assert len(ticks) == 1
        await one.shutdown()

    run(scenario())


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0])
def test_p15_a_jump_of_the_system_clock_does_nothing(
    jump: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hard test 11: tornado's arithmetic has to correct for that; a monotonic clock need not."""
    import time

    now = time.time

    async def scenario() -> None:
        one = daemon()
        ticks: list[int] = []
        one.register_interval("i", lambda: ticks.append(1), 0.01)
        await asyncio.sleep(0.025)
        monkeypatch.setattr(time, "time", lambda: now() + jump)
        await asyncio.sleep(0.02)
        assert 1 <= len(ticks) <= 5
        assert one.stats()["intervals"]["i"]["missed"] <= 3
        await one.shutdown()

    asyncio.run(scenario())


def test_p16_keyboard_interrupt_leaves_the_loop_and_the_interval_goes_on() -> None:
    from runtime_clock import VirtualLoop

    ticks: list[float] = []
    one = daemon()
    virtual = VirtualLoop()

    def interrupt() -> None:
        ticks.append(virtual.time())
        if len(ticks) == 1:
            raise KeyboardInterrupt

    async def main(seconds: float) -> None:
        if not ticks:
            one.register_interval("i", interrupt, 1)
        await asyncio.sleep(seconds)

    with pytest.raises(KeyboardInterrupt):
        virtual.run_until_complete(main(5))
    virtual.run_until_complete(main(2.5))
    assert ticks == [1, 2, 3]
    assert one.stats()["intervals"]["i"]["last_error"] == "KeyboardInterrupt"
    for task in asyncio.all_tasks(virtual):
        task.cancel()
    virtual.run_until_complete(one.shutdown())
    virtual.close()


def test_p16_a_run_cancelled_from_outside_is_no_error_and_the_interval_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        one = daemon()
        starts: list[float] = []

        async def tick() -> None:
            starts.append(loop().time())
            await asyncio.sleep(0.5)

        one.register_interval("i", tick, 1)
        await asyncio.sleep(1.2)
        (task,) = one._daemon_state.tasks
        task.cancel()
        await asyncio.sleep(1)
        assert starts == [1, 2]
        await one.shutdown()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert caplog.records == []


def test_on_error_gets_each_exception_once(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        one = daemon("careful")
        seen: list[str] = []

        async def note(error: BaseException) -> None:
            await asyncio.sleep(0)
            seen.append(str(error))
            if len(seen) == 2:
                one.clear_interval("i")

        def fail() -> None:
            raise ValueError(f"tick {len(seen)}")

        one.register_interval("i", fail, 1, on_error=note)
        one.register_interval("worse", fail, 10, on_error=lambda error: 1 / 0)
        await asyncio.sleep(10.5)
        assert seen == ["tick 0", "tick 1"]
        stats = one.stats()
        assert stats["intervals"]["worse"]["errors"] == 1
        assert stats["last_error"] == "ZeroDivisionError: division by zero"
        assert stats["errors"] == 4
        with pytest.raises(TypeError, match="on_error"):
            one.register_interval("i", fail, 1, on_error=untyped(3))
        await one.shutdown()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    kinds = [fields(record, "kind", "handle") for record in caplog.records]
    assert kinds == [
        ("interval", "i"),
        ("interval", "i"),
        ("interval", "worse"),
        ("on_error of interval", "worse"),
    ]


def test_jitter_is_late_only_and_leaves_the_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [0.0, 0.5, 0.999]
    monkeypatch.setattr(random, "random", lambda: values[len(ticks) % 3])
    ticks: list[float] = []

    async def scenario() -> None:
        one = daemon()
        one.register_interval("i", lambda: ticks.append(loop().time()), 2, jitter=1)
        await asyncio.sleep(13)
        assert ticks == [2, 4.5, 6.999, 8, 10.5, 12.999]
        assert one.stats()["intervals"]["i"]["missed"] == 0
        for wrong in (2, 3, -1, math.nan):
            with pytest.raises(ValueError, match="jitter"):
                one.register_interval("i", print, 2, jitter=wrong)
        with pytest.raises(TypeError, match="jitter"):
            one.register_interval("i", print, 2, jitter=untyped("1"))
        await one.shutdown()

    run(scenario())


def test_stats_of_an_interval() -> None:
    async def scenario() -> None:
        one = daemon()

        async def body() -> None:
            await asyncio.sleep(1.5)
            if len(seen) == 2:
                raise ValueError("third")
            seen.append(1)

        seen: list[int] = []
        one.register_interval("i", body, 1, immediate=True)
        await asyncio.sleep(5.75)
        assert one.stats()["intervals"]["i"] == {
            "seconds": 1.0,
            "ticks": 3,
            "missed": 3,
            "errors": 1,
            "last_error": "ValueError: third",
            "last_duration": 1.5,
            "total_duration": 4.5,
        }
        await one.shutdown()

    run(scenario())


def test_p17_a_replaced_run_goes_on_and_is_joined_at_shutdown() -> None:
    async def scenario() -> None:
        one = daemon()
        log: list[str] = []

        async def old() -> None:
            log.append("old begins")
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                await asyncio.sleep(1)
                log.append("old ends")
                raise

        one.register_interval("i", old, 1)
        await asyncio.sleep(1.5)
        one.register_interval("i", lambda: log.append("new"), 1)
        await asyncio.sleep(1.2)
        assert log == ["old begins", "new"]
        await one.shutdown()
        assert log == ["old begins", "new", "old ends"]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_p18_two_intervals_of_one_step_one_clears_the_other() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[str] = []

        def clear_all() -> None:
            calls.append("tick")
            one.cleanup_intervals()

        one.register_interval("a", clear_all, 1)
        one.register_interval("b", clear_all, 1)
        await asyncio.sleep(3)
        assert calls == ["tick"]
        await one.shutdown()

    run(scenario())


@pytest.mark.parametrize("seconds", [10**400, -(10**400)])
def test_p19_numbers_too_large_for_a_float(seconds: int) -> None:
    async def scenario() -> None:
        with pytest.raises(ValueError, match="finite"):
            daemon().register_interval("i", print, seconds)

    run(scenario())


@pytest.mark.parametrize(("name", "error"), [(None, TypeError), (3, TypeError), ("", ValueError)])
def test_p19_wrong_names(name: Any, error: type[Exception]) -> None:
    async def scenario() -> None:
        with pytest.raises(error, match="name must"):
            daemon().register_interval(name, print, 1)

    run(scenario())


def test_a_callback_that_gives_a_future_or_a_task() -> None:
    async def scenario() -> None:
        one = daemon()
        futures: list[asyncio.Future[None]] = []

        def give() -> asyncio.Future[None]:
            futures.append(loop().create_future())
            return futures[-1]

        one.register_interval("i", give, 1)
        await asyncio.sleep(3.5)
        assert len(futures) == 1  # the first run has not ended
        futures[0].set_result(None)
        await asyncio.sleep(1)
        assert len(futures) == 2
        await one.shutdown()
        assert futures[1].cancelled()

    run(scenario())


def test_a_custom_task_factory_makes_the_tasks() -> None:
    async def scenario() -> None:
        made: list[str] = []

        def factory(
            running: asyncio.AbstractEventLoop, coro: Any, **options: Any
        ) -> asyncio.Task[Any]:
            made.append(coro.__name__)
            return asyncio.Task(coro, loop=running, **options)

        loop().set_task_factory(factory)
        one = daemon()
        one.register_interval("i", lambda: asyncio.sleep(0), 1)
        one.register_task(asyncio.sleep(0))
        await asyncio.sleep(1.5)
        assert "_drive" in made and "sleep" in made
        await one.shutdown()

    run(scenario())


def test_a_task_cancelled_before_its_first_step() -> None:
    """Only where tasks do not begin at once; the coroutine must be closed, the interval go on."""

    async def scenario() -> None:
        loop().set_task_factory(lambda running, coro, **o: asyncio.Task(coro, loop=running, **o))
        one = daemon()
        ran: list[int] = []
        wakes: list[int] = []

        async def body() -> None:
            ran.append(1)

        one.register_interval("i", body, 1)
        one.defer_initialization(body, 1)
        await asyncio.sleep(0.5)
        loop().advance(0.5)
        await steps(2)
        tasks = list(one._daemon_state.tasks)
        assert len(tasks) == 2
        for task in tasks:
            task.cancel()
        one._daemon_state.wake = lambda: wakes.append(1)
        await steps(2)
        one._daemon_state.wake = None
        assert ran == []
        assert len(wakes) == 2
        await asyncio.sleep(1)
        assert ran == [1]
        await one.shutdown()

    run(scenario())
