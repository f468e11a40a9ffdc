"""P13 to P25: registration, intervals, events, readiness and tasks."""

from __future__ import annotations

import asyncio
import gc
import logging
import math
import weakref
from typing import Any

import pytest

from daemonbase import DaemonBase, EventBus
from runtime_clock import left, loop, run
from runtime_untyped import untyped


def daemon(name: str = "d") -> DaemonBase:
    return DaemonBase(name, bus=EventBus())


def test_p13_tokens_not_identity() -> None:
    async def scenario() -> None:
        calls: list[int] = []

        def unsubscribe() -> None:
            calls.append(1)

        one = daemon()
        assert one.register_subscription(unsubscribe) is unsubscribe
        one.register_subscription(unsubscribe)
        with pytest.raises(TypeError, match="callable"):
            one.register_subscription(untyped(None))
        await one.shutdown()
        assert calls == [1, 1]

    run(scenario())


def test_p14_cleanup_alone_repeatedly_and_reentrantly() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[str] = []

        def nested() -> None:
            calls.append("nested")
            one.cleanup_subscriptions()

        for _ in range(2):
            one.register_subscription(lambda: calls.append("plain"))
            one.register_subscription(nested)
            one.cleanup_subscriptions()
            one.cleanup_subscriptions()
        one.register_interval("i", lambda: calls.append("tick"), 1)
        one.cleanup_intervals()
        one.cleanup_intervals()
        await asyncio.sleep(5)
        assert calls == ["nested", "plain"] * 2
        one.register_interval("i", lambda: calls.append("tick"), 1)
        await asyncio.sleep(1.5)
        assert calls[-1] == "tick"
        await one.shutdown()

    run(scenario())


@pytest.mark.parametrize(("period", "start"), [(0.1, 0.0), (1 / 3, 1e6)])
def test_p15_no_drift(period: float, start: float) -> None:
    async def scenario() -> None:
        one = daemon()
        times: list[float] = []
        one.register_interval("i", lambda: times.append(loop().time()), period)
        began = loop().time()
        await asyncio.sleep(period * 1000.5)
        assert times == [began + k * period for k in range(1, 1001)]
        await one.shutdown()

    run(scenario(), start)


def test_p15_slow_bodies_skip_to_the_grid_and_blocked_loops_do_not_burst() -> None:
    async def scenario() -> None:
        one = daemon()
        starts: list[float] = []
        running: list[int] = [0]

        async def slow() -> None:
            running[0] += 1
            assert running[0] == 1
            starts.append(loop().time())
            await asyncio.sleep(2.5)
            running[0] -= 1

        one.register_interval("slow", slow, 1)
        await asyncio.sleep(10.5)
        assert starts == [1, 4, 7, 10]
        assert one.stats()["intervals"]["slow"]["missed"] == 6
        one.clear_interval("slow")

        ticks: list[float] = []

        def block() -> None:
            ticks.append(loop().time())
            if len(ticks) == 1:
                loop().advance(10)

        one.register_interval("block", block, 1)
        began = loop().time()
        await asyncio.sleep(13.5)
        # The callback that blocked for ten periods ends on the grid: the next tick is a later one.
        assert ticks == [began + 1, began + 12, began + 13]
        await one.shutdown()

    run(scenario())


@pytest.mark.parametrize("kind", [ValueError, asyncio.CancelledError])
@pytest.mark.parametrize("is_async", [False, True])
def test_p16_a_failing_callback_goes_on(
    kind: type[BaseException], is_async: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        one = daemon("failing")
        ticks: list[int] = []

        def fail() -> None:
            ticks.append(1)
            raise kind("no")

        async def fail_later() -> None:
            await asyncio.sleep(0)
            fail()

        one.register_interval("i", fail_later if is_async else fail, 1)
        await asyncio.sleep(3.5)
        assert len(ticks) == 3
        await one.shutdown()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert len([record for record in caplog.records if record.exc_info]) == 3


def test_p17_same_name_replaces_without_double_rate() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[str] = []
        one.register_interval("i", lambda: calls.append("old"), 1)
        await asyncio.sleep(0.5)
        one.register_interval("i", lambda: calls.append("new"), 1)
        await asyncio.sleep(2.9)
        assert calls == ["new", "new"]
        assert left() == {"timers": 1, "tasks": 0}
        await one.shutdown()

    run(scenario())


def test_p17_replacing_itself_a_thousand_times() -> None:
    async def scenario() -> None:
        one = daemon()
        rounds: list[int] = []

        async def replace() -> None:
            rounds.append(1)
            if len(rounds) < 1000:
                one.register_interval("i", replace, 0.5)
            await asyncio.sleep(0)

        one.register_interval("i", replace, 0.5)
        await asyncio.sleep(0.5 * 1000 + 0.25)
        assert len(rounds) == 1000
        assert left() == {"timers": 1, "tasks": 0}
        assert len(loop()._scheduled) < 150  # asyncio drops cancelled ones by the hundred
        await one.shutdown()

    run(scenario())


def test_p18_clear_is_true_once_and_safe_from_inside() -> None:
    async def scenario() -> None:
        one = daemon()
        rest: list[str] = []

        async def clear() -> None:
            assert one.clear_interval("i") is True
            await asyncio.sleep(1)
            rest.append("ran")

        one.register_interval("i", clear, 1)
        await asyncio.sleep(5)
        assert rest == ["ran"]
        assert one.clear_interval("i") is False
        await one.shutdown()

    run(scenario())


@pytest.mark.parametrize(
    ("seconds", "error"),
    [
        (0, ValueError),
        (-1, ValueError),
        (math.nan, ValueError),
        (math.inf, ValueError),
        (True, TypeError),
        ("1", TypeError),
        (None, TypeError),
    ],
)
def test_p19_wrong_seconds(seconds: Any, error: type[Exception]) -> None:
    async def scenario() -> None:
        one = daemon()
        with pytest.raises(error):
            one.register_interval("i", print, seconds)
        assert left()["timers"] == 0

    run(scenario())


def test_p19_wrong_callbacks_and_awaitable_results() -> None:
    async def scenario() -> None:
        one = daemon()
        with pytest.raises(TypeError):
            one.register_interval("i", untyped(3), 1)
        with pytest.raises(TypeError, match="coroutine"):
            one.register_interval("i", untyped(asyncio.sleep(1)), 1)
        done: list[int] = []

        async def job() -> None:
            done.append(1)

        one.register_interval("i", lambda: job(), 1)
        await asyncio.sleep(1.5)
        assert done == [1]
        await one.shutdown()

    run(scenario())


def test_immediate_ticks_at_once() -> None:
    async def scenario() -> None:
        one = daemon()
        times: list[float] = []
        one.register_interval("i", lambda: times.append(loop().time()), 2, immediate=True)
        await asyncio.sleep(4.5)
        assert times == [0, 2, 4]
        await one.shutdown()

    run(scenario())


def test_p20_order_snapshot_and_idempotence() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []

        def first(payload: object) -> None:
            calls.append("first")
            second_off()
            bus.subscribe("e", lambda payload: calls.append("new"))

        bus.subscribe("e", first)
        second_off = bus.subscribe("e", lambda payload: calls.append("second"))
        handler = calls.append
        bus.subscribe("e", handler)
        off = bus.subscribe("e", handler)
        await bus.emit("e", "x")
        assert calls == ["first", "x", "x"]
        off()
        off()
        assert not off.active
        with bus.subscribe("f", handler) as inside:
            assert inside.active
        assert [event for event, _ in bus.handlers()] == ["e", "e", "e"]

    run(scenario())


def test_p21_errors_are_isolated_and_kinds_mix(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []

        async def later(payload: object) -> None:
            await asyncio.sleep(0)
            calls.append("async")

        def fail(payload: object) -> None:
            raise ValueError("no")

        async def stray(payload: object) -> None:
            raise asyncio.CancelledError

        for handler in (fail, later, stray, lambda payload: calls.append("sync")):
            bus.subscribe("e", handler)
        await bus.emit("e")
        assert calls == ["async", "sync"]
        with pytest.raises(TypeError):
            bus.subscribe("e", untyped(None))

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert len(caplog.records) == 2


def test_p21_a_cancellation_of_the_caller_ends_the_emit() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []
        bus.subscribe("e", lambda payload: asyncio.sleep(10))
        bus.subscribe("e", lambda payload: calls.append("late"))
        task = asyncio.create_task(bus.emit("e"))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert calls == []

    run(scenario())


@pytest.mark.parametrize("early", [True, False])
def test_p22_ready_early_and_late(early: bool) -> None:
    async def scenario() -> None:
        bus = EventBus()
        data, user = DaemonBase("data", bus=bus), DaemonBase("user", bus=bus)
        calls: list[float] = []

        async def ready() -> None:
            calls.append(loop().time())

        if early:
            user.on_daemon_ready("data", ready)
        await data.start()
        if not early:
            user.on_daemon_ready("data", ready)
            assert calls == []
        await asyncio.sleep(1)
        assert calls == [0]
        await data.shutdown()
        user.on_daemon_ready("data", ready)  # it is not ready any more
        await asyncio.sleep(1)
        assert calls == [0]
        await user.shutdown()

    run(scenario())


def test_p22_a_raising_ready_callback_harms_no_other(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        bus = EventBus()
        data, user = DaemonBase("data", bus=bus), DaemonBase("user", bus=bus)
        calls: list[int] = []

        def fail() -> None:
            raise ValueError("no")

        user.on_daemon_ready("data", fail)
        user.on_daemon_ready("data", lambda: calls.append(1))
        await data.start()
        assert calls == [1]
        assert data.stats()["state"] == "running"
        await user.shutdown()
        await data.shutdown()

    run(scenario())
    assert any(record.exc_info for record in caplog.records)


def test_p22_late_and_without_a_loop_waits_for_the_start() -> None:
    bus = EventBus()
    calls: list[int] = []

    async def announce() -> None:
        await data.start()

    data = DaemonBase("data", bus=bus)
    run(announce())
    user = DaemonBase("user", bus=bus)
    user.on_daemon_ready("data", lambda: calls.append(1))

    async def scenario() -> None:
        await user.start()
        assert calls == [1]
        await user.shutdown()
        await data.shutdown()

    run(scenario())


def test_p23_nobody_keeps_the_daemon_alive() -> None:
    class Holding(DaemonBase):
        async def initialize(self) -> None:
            self.subscribe("e", self.on_event)
            self.register_interval("i", self.tick, 1)
            self.register_task(self.tick_forever())
            self.on_daemon_ready("other", self.tick)
            self.defer_initialization(self.tick, 5)

        async def on_event(self, payload: object) -> None: ...
        async def tick(self) -> None: ...

        async def tick_forever(self) -> None:
            await asyncio.Event().wait()

    async def scenario() -> None:
        bus = EventBus()
        one = Holding(bus=bus)
        await one.start()
        await asyncio.sleep(2.5)
        await one.shutdown()
        assert bus.handlers() == []
        reference = weakref.ref(one)
        del one
        await asyncio.sleep(0)
        gc.collect()
        assert reference() is None, gc.get_referrers(reference())

    run(scenario())


def test_p24_deferred_calls() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[float] = []
        one.defer_initialization(lambda: calls.append(loop().time()), 2)
        one.defer_initialization(lambda: calls.append(-1.0), 2).cancel()
        one.defer_initialization(lambda: calls.append(loop().time()), 0)
        for wrong in (-1, math.nan, math.inf):
            with pytest.raises(ValueError, match="delay"):
                one.defer_initialization(print, wrong)
        await asyncio.sleep(3)
        assert calls == [0, 2]
        one.defer_initialization(lambda: calls.append(-2.0), 2)
        await one.shutdown()
        await asyncio.sleep(5)
        assert calls == [0, 2]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_p24_a_running_deferred_call_is_cancelled_and_joined() -> None:
    async def scenario() -> None:
        one = daemon()
        ends: list[str] = []

        async def slow() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                ends.append("ended")

        one.defer_initialization(slow, 1)
        await asyncio.sleep(2)
        await one.shutdown()
        assert ends == ["ended"]

    run(scenario())


def test_p25_tasks(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        one = daemon("tasks")

        async def fail() -> None:
            raise ValueError("no")

        async def answer() -> int:
            return 42

        task = one.register_task(answer())
        assert task.get_name() == "tasks:answer"
        assert await task == 42
        one.register_task(fail(), name="failing")
        adopted = one.register_task(asyncio.create_task(asyncio.sleep(99)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert one.stats()["tasks"] == 1
        with pytest.raises(TypeError):
            one.register_task(untyped(print))
        await one.shutdown()
        assert adopted.cancelled()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert "tasks:failing" in caplog.text


def test_names() -> None:
    class Named(DaemonBase):
        name = "by-class"

    assert DaemonBase(bus=EventBus()).name == "DaemonBase"
    assert Named(bus=EventBus()).name == "by-class"
    assert Named("by-hand", bus=EventBus()).name == "by-hand"
    assert Named("x").log.name == "daemonbase.x"
    assert repr(Named("x")) == "<Named 'x' new>"


def test_async_unsubscribes_are_awaited() -> None:
    async def scenario() -> None:
        one = daemon()
        done: list[int] = []

        async def unsubscribe() -> None:
            await asyncio.sleep(1)
            done.append(1)

        one.register_subscription(unsubscribe)
        await one.shutdown()
        assert done == [1]

    run(scenario())
