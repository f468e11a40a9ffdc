"""The one timer of a daemon's intervals."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
import sys
import weakref
from typing import Any

import pytest

from daemonbase import DaemonBase, EventBus
from runtime_clock import VirtualLoop, loop, run

var = contextvars.ContextVar("var", default=0)


def nothing() -> None: ...


def test_intervals_of_one_moment_tick_in_order_each_in_its_context() -> None:
    virtual = VirtualLoop()
    log: list[tuple[str, int]] = []

    async def scenario() -> None:
        async with DaemonBase("d", bus=EventBus()) as daemon:
            for number, name in enumerate("abc"):
                var.set(number)

                def tick(name: str = name) -> None:
                    log.append((name, var.get()))
                    if name == "b":
                        daemon.clear_interval("c")

                daemon.register_interval(name, tick, 1)
            await asyncio.sleep(2.5)
            assert virtual.live_timers() == 1
            daemon.clear_interval("a")
            daemon.clear_interval("b")
            assert virtual.live_timers() == 0

    virtual.run_until_complete(scenario())
    virtual.close()
    assert log == [("a", 0), ("b", 1), ("a", 0), ("b", 1)]


def test_a_clock_does_not_keep_what_has_been_cleared() -> None:
    async def scenario() -> None:
        async with DaemonBase("d", bus=EventBus()) as daemon:
            daemon.register_interval("stays", nothing, 1)
            for number in range(1000):
                daemon.register_interval("other", nothing, 2 + number / 1000)
            clock = daemon._daemon_state.clock
            assert clock is not None
            assert len(clock._at) == 2
            assert len(clock._heap) < 50
            await asyncio.sleep(1)

    run(scenario())


@pytest.mark.parametrize("stopped", [False, True])
def test_keyboard_interrupt_leaves_the_others_of_that_moment_for_the_next_run(
    stopped: bool,
) -> None:
    virtual = VirtualLoop()
    daemon = DaemonBase("d", bus=EventBus())
    ticks: list[str] = []

    def interrupt() -> None:
        if stopped:
            daemon.clear_interval("b")
        raise KeyboardInterrupt

    async def begin() -> None:
        daemon.register_interval("a", interrupt, 10)
        daemon.register_interval("b", lambda: ticks.append("b"), 10)
        daemon.register_interval("c", lambda: ticks.append("c"), 10)

    virtual.run_until_complete(begin())
    with pytest.raises(KeyboardInterrupt):
        virtual.run_until_complete(asyncio.sleep(10))
    virtual.run_until_complete(asyncio.sleep(1))
    assert ticks == (["c"] if stopped else ["b", "c"])
    virtual.run_until_complete(daemon.shutdown())
    virtual.close()


def test_a_second_loop_after_the_first() -> None:
    daemon = DaemonBase("d", bus=EventBus())
    ticks: list[int] = []

    async def first() -> None:
        daemon.register_interval("a", nothing, 1)

    async def second() -> None:
        daemon.register_interval("b", lambda: ticks.append(1), 1)
        await asyncio.sleep(2.5)
        await daemon.shutdown()

    run(first())
    run(second())
    assert len(ticks) == 2
    assert daemon.stats()["intervals"] == {}


@pytest.mark.parametrize("factory", ["uvloop", "asyncio"])
def test_intervals_left_in_a_loop_that_was_closed(factory: str) -> None:
    """They can be replaced, cleared and shut down from another loop, and say nothing."""
    make = asyncio.new_event_loop
    if factory == "uvloop":
        make = pytest.importorskip("uvloop", reason="uvloop is not installed").new_event_loop
    daemon = DaemonBase("d", bus=EventBus())
    ticks: list[str] = []

    async def first() -> None:
        for name in "abcd":
            daemon.register_interval(name, lambda: ticks.append("first"), 0.005)
        daemon.register_interval("far", nothing, 1e300)

    async def second() -> None:
        ticks.clear()  # on a busy machine the first loop has had the time for some
        daemon.register_interval("a", lambda: ticks.append("second"), 0.005)
        assert daemon.clear_interval("b")
        await asyncio.sleep(0.02)
        await daemon.shutdown()
        await asyncio.sleep(0.02)

    for main in (first, second):
        with asyncio.Runner(loop_factory=make) as runner:
            runner.run(main())
    assert set(ticks) == {"second"}


def daemon_of(log: list[Any], *names: str, seconds: float = 1) -> DaemonBase:
    daemon = DaemonBase("d", bus=EventBus())

    def register(name: str) -> None:
        daemon.register_interval(name, lambda: log.append((name, loop().time())), seconds)

    for name in names:
        register(name)
    return daemon


@pytest.mark.parametrize("how", ["shutdown", "cleanup", "clear and again", "replace", "immediate"])
def test_p09_p17_the_rest_of_a_moment_after_one_changed_it(how: str) -> None:
    """Eager tasks (Python 3.12+) shut the daemon down before the others of that moment tick."""
    log: list[Any] = []

    async def scenario() -> None:
        daemon = daemon_of(log)

        async def change() -> None:
            if how == "shutdown":
                await daemon.shutdown()
            elif how == "cleanup":
                daemon.cleanup_intervals()
            elif how == "clear and again":
                assert daemon.clear_interval("b")
                daemon.register_interval("b", lambda: log.append(("b", loop().time())), 1)
            elif how == "replace":
                daemon.register_interval("b", lambda: log.append(("new", loop().time())), 1)
                daemon.clear_interval("a")
            else:
                daemon.register_interval(
                    "new", lambda: log.append(("new", loop().time())), 9, immediate=True
                )
                daemon.clear_interval("a")

        daemon.register_interval("a", change, 1)
        daemon.register_interval("b", lambda: log.append(("b", loop().time())), 1)
        daemon.register_interval("c", lambda: log.append(("c", loop().time())), 1)
        await asyncio.sleep(2.5)
        await daemon.shutdown()
        assert loop().live_timers() == 0

    run(scenario())
    at_once = sys.version_info >= (3, 12)  # else a task changes it when all of them have ticked
    first = [] if at_once else [("b", 1), ("c", 1)]
    assert (
        log
        == {
            "shutdown": first,
            "cleanup": first,
            "clear and again": [("c", 1), ("b", 2), ("c", 2)]
            if at_once
            else [*first, ("c", 2), ("b", 2)],
            "replace": [("c", 1), ("new", 2), ("c", 2)]
            if at_once
            else [*first, ("c", 2), ("new", 2)],
            "immediate": [("b", 1), ("c", 1), ("new", 1), ("b", 2), ("c", 2)],
        }[how]
    )


def test_p09_a_daemon_that_ends_in_the_midst_of_a_moment_ticks_no_more() -> None:
    """As an eager task does on Python 3.12, but by hand, on all."""
    log: list[Any] = []

    async def scenario() -> None:
        daemon = daemon_of(log)

        def end() -> None:
            with pytest.raises(StopIteration):
                daemon.shutdown().send(None)

        daemon.register_interval("a", end, 1)
        daemon.register_interval("b", lambda: log.append("b"), 1)
        await asyncio.sleep(2.5)
        assert daemon.stats()["state"] == "stopped"
        assert loop().live_timers() == 0

    run(scenario())
    assert log == []


def test_p15_an_interval_that_blocks_for_longer_than_the_periods_of_others() -> None:
    log: list[Any] = []

    async def scenario() -> None:
        daemon = daemon_of(log, "fast", seconds=1)

        def block() -> None:
            log.append(("slow", loop().time()))
            loop().advance(3.5)

        daemon.register_interval("slow", block, 4)
        daemon.register_interval("other", lambda: log.append(("other", loop().time())), 4)
        await asyncio.sleep(11.75)
        stats = daemon.stats()["intervals"]
        assert [stats[name]["missed"] for name in ("fast", "slow", "other")] == [6, 0, 0]
        await daemon.shutdown()

    run(scenario())
    assert [when for name, when in log if name == "fast"] == [1, 2, 3, 7.5, 11.5]
    assert [when for name, when in log if name == "other"] == [7.5, 11.5]


def test_a_moment_goes_on_after_an_error_and_each_tick_has_its_own_time() -> None:
    class Odd(BaseException):
        pass

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus(), logger=logging.getLogger("quiet"))
        log: list[str] = []

        def fail() -> None:
            loop().advance(0.25)
            raise Odd

        daemon.register_interval("fail", fail, 1)
        daemon.register_interval("sync", lambda: loop().advance(0.125), 1)
        daemon.register_interval("last", lambda: log.append("last"), 1)
        await asyncio.sleep(1.75)
        stats = daemon.stats()["intervals"]
        assert log == ["last"]
        assert stats["fail"]["last_duration"] == 0.25
        assert stats["sync"]["last_duration"] == 0.125
        assert stats["last"]["last_duration"] == 0
        await daemon.shutdown()

    logging.getLogger("quiet").setLevel(logging.CRITICAL + 1)
    run(scenario())


def test_the_timer_keeps_no_context_of_whoever_was_the_first() -> None:
    class Big:
        pass

    request = contextvars.ContextVar[Big]("request")

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        big = Big()
        dead = weakref.ref(big)

        async def handle_request(big: Big) -> None:
            request.set(big)
            daemon.register_interval("of the request", nothing, 1)

        await asyncio.create_task(handle_request(big))
        daemon.register_interval("stays", nothing, 1)
        await asyncio.sleep(1.5)
        daemon.clear_interval("of the request")
        await asyncio.sleep(1)
        del big
        gc.collect()
        assert dead() is None
        await daemon.shutdown()

    run(scenario())


def test_changes_of_a_context_stay_with_the_interval() -> None:
    seen: list[int] = []

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        var.set(0)

        def count() -> None:
            var.set(var.get() + 1)
            seen.append(var.get())

        async def look() -> None:
            seen.append(var.get())

        daemon.register_interval("count", count, 1)
        daemon.register_interval("look", look, 1)
        await asyncio.sleep(2.5)
        assert var.get() == 0
        await daemon.shutdown()

    run(scenario())
    assert seen == [1, 0, 2, 0]


@pytest.mark.parametrize("debug", [True, False])
def test_in_debug_mode_a_slow_interval_is_named(
    debug: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        daemon.register_interval("quick", nothing, 1)
        daemon.register_interval("slow", lambda: loop().advance(0.25), 1)
        await asyncio.sleep(1.5)
        await daemon.shutdown()

    with caplog.at_level(logging.WARNING, "daemonbase"):
        run(scenario(), debug=debug)
    found = [record.getMessage() for record in caplog.records if record.name == "daemonbase.d"]
    assert len(found) == debug
    if debug:
        assert "interval 'slow' of d held up the loop for 0.250 s" in found[0]
        assert __file__ in found[0]


def test_a_cleared_interval_wakes_nobody_for_long() -> None:
    """Numbers of the heap that have gone are passed over, not waited for."""

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        clock_fires: list[float] = []
        daemon.register_interval("stays", lambda: clock_fires.append(loop().time()), 10)
        for number in range(20):
            daemon.register_interval("other", nothing, 1 + number / 8)
        daemon.clear_interval("other")
        await asyncio.sleep(1.5)
        assert daemon._daemon_state.clock is not None
        assert daemon._daemon_state.clock._heap == [10]
        await asyncio.sleep(9)
        assert clock_fires == [10]
        await daemon.shutdown()

    run(scenario())
