"""P22 to P26 in depth: sticky readiness in all interleavings, timeouts, tasks, wrong threads."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from daemonbase import DaemonBase, DaemonClosedError, EventBus
from runtime_clock import VirtualLoop, left, loop, run, steps
from runtime_untyped import fields, untyped

ACTIONS = ("subscribe", "emit", "shutdown", "fail")


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("order", list(itertools.permutations(ACTIONS)), ids="-".join)
def test_p22_all_interleavings(order: tuple[str, ...], is_async: bool) -> None:
    """Hard test 18: each callback is delivered 0 or 1 times, as P22 says."""

    async def scenario() -> None:
        bus = EventBus()
        data, user = DaemonBase("data", bus=bus), DaemonBase("user", bus=bus)
        got: list[str] = []

        def callback(name: str) -> Callable[[], object]:
            def plain() -> None:
                got.append(name)
                if name == "fail":
                    raise ValueError("no")

            async def waits() -> None:
                await asyncio.sleep(0)
                plain()

            return waits if is_async else plain

        done: list[str] = []
        for action in order:
            if action == "emit":
                await data.start()
                assert data.stats()["state"] == "running"
            elif action == "shutdown":
                await user.shutdown()
            elif "shutdown" in done:
                with pytest.raises(DaemonClosedError):
                    user.on_daemon_ready("data", callback(action))
            else:
                user.on_daemon_ready("data", callback(action))
            done.append(action)
            await steps(4)

        def delivered(name: str) -> bool:
            registered, emitted = order.index(name), order.index("emit")
            return max(registered, emitted) < order.index("shutdown")

        expected = [name for name in ("subscribe", "fail") if delivered(name)]
        assert sorted(got) == sorted(expected)
        await data.shutdown()
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_p22_once_for_each_time_and_again_after_a_restart() -> None:
    async def scenario() -> None:
        bus = EventBus()
        user = DaemonBase("user", bus=bus)
        got: list[str] = []
        user.on_daemon_ready("data", lambda: got.append("early"))
        for _ in range(3):
            async with DaemonBase("data", bus=bus):
                pass
        assert got == ["early"] * 3
        assert not bus.is_ready("data")
        for _ in range(2):
            await bus.emit("system:ready", {"daemon": "data"})  # by hand
        assert got == ["early"] * 5
        for odd in (None, 3, {}, {"daemon": 3}, {"daemon": "other"}):
            await bus.emit("system:ready", odd)
        assert got == ["early"] * 5
        await user.shutdown()

    run(scenario())


def test_p22_two_daemons_of_one_name() -> None:
    async def scenario() -> None:
        bus = EventBus()
        one, two = DaemonBase("worker", bus=bus), DaemonBase("worker", bus=bus)
        await one.start()
        await two.start()
        await one.shutdown()
        assert bus.is_ready("worker")
        await two.shutdown()
        assert not bus.is_ready("worker")

    run(scenario())


def test_p22_subscribed_within_the_announcement() -> None:
    """The emit under way does not deliver it, the late delivery does: once."""

    async def scenario() -> None:
        bus = EventBus()
        user, data = DaemonBase("user", bus=bus), DaemonBase("data", bus=bus)
        got: list[str] = []
        bus.subscribe(
            "system:ready",
            lambda payload: user.on_daemon_ready("data", lambda: got.append("in time")),
        )
        await data.start()
        await steps(3)
        assert got == ["in time"]
        await user.shutdown()
        await data.shutdown()

    run(scenario())


def test_p22_a_late_delivery_and_a_new_announcement_in_one_step() -> None:
    async def scenario() -> None:
        bus = EventBus()
        user, data = DaemonBase("user", bus=bus), DaemonBase("data", bus=bus)
        await data.start()
        got: list[int] = []
        user.on_daemon_ready("data", lambda: got.append(1))
        bus.emit_nowait("system:ready", {"daemon": "data"})
        await steps(3)
        assert got == [1]
        late = user.on_daemon_ready("data", lambda: got.append(2))
        late()
        late()
        await steps(3)
        assert got == [1]
        with user.on_daemon_ready("data", lambda: got.append(3)) as waiter:
            assert waiter.active
        assert repr(waiter).startswith("<Waiter for 'data'")
        await user.shutdown()
        await data.shutdown()

    run(scenario())


def test_on_daemon_ready_says_who_is_missing(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        bus = EventBus()
        user, data = DaemonBase("user", bus=bus), DaemonBase("data", bus=bus)
        got: list[float] = []
        user.on_daemon_ready("data", lambda: got.append(loop().time()), timeout=5)
        user.on_daemon_ready("mail", lambda: None, timeout=60)
        await data_later(data, 7)
        assert got == [7]
        assert user.stats()["waits_for"] == ["mail"]
        user.on_daemon_ready("data", lambda: None, timeout=1)
        await asyncio.sleep(2)
        await user.shutdown()
        await asyncio.sleep(100)
        await data.shutdown()

    async def data_later(data: DaemonBase, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await data.start()

    with caplog.at_level(logging.WARNING):
        run(scenario())
    (record,) = caplog.records
    assert fields(record, "daemon", "handle") == ("user", "data")
    assert "user still waits for data, which is not ready after 5 s" in record.getMessage()


def test_the_timeout_of_a_wait_made_without_a_loop_counts_from_the_start(
    caplog: pytest.LogCaptureFixture,
) -> None:
    user = DaemonBase("user", bus=EventBus())
    user.on_daemon_ready("data", print, timeout=5)

    async def scenario() -> None:
        await asyncio.sleep(100)
        await user.start()
        assert not caplog.records
        await asyncio.sleep(6)
        assert len(caplog.records) == 1
        await user.shutdown()

    with caplog.at_level(logging.WARNING):
        run(scenario())


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        ((None, print), {}, TypeError),
        (("", print), {}, ValueError),
        (("data", None), {}, TypeError),
        (("data", print), {"timeout": 0}, ValueError),
        (("data", print), {"timeout": "5"}, TypeError),
    ],
)
def test_wrong_arguments_of_on_daemon_ready(
    arguments: tuple[Any, ...], options: dict[str, Any], error: type[Exception]
) -> None:
    one = DaemonBase("d", bus=EventBus())
    with pytest.raises(error):
        one.on_daemon_ready(*arguments, **options)
    assert one.bus.handlers() == []


def test_a_hanging_ready_callback_holds_no_start_and_ends_with_its_daemon() -> None:
    async def scenario() -> None:
        bus = EventBus()
        user, data = DaemonBase("user", bus=bus), DaemonBase("data", bus=bus)
        ends: list[str] = []

        async def hang() -> None:
            try:
                await asyncio.sleep(3600)
            finally:
                ends.append("ended")

        user.on_daemon_ready("data", hang)
        await data.start()
        assert loop().time() == 0
        await steps(2)
        await user.shutdown()
        assert ends == ["ended"]
        await data.shutdown()

    run(scenario())


def test_p23_released_and_collectable_though_errors_were_logged() -> None:
    """Hard test 14: a traceback keeps frames, frames keep owners; nothing of ours keeps either."""

    class Failing(DaemonBase):
        async def initialize(self) -> None:
            self.subscribe("e", self.fail)
            self.register_interval("i", self.fail, 1, on_error=self.fail)
            self.on_daemon_ready("other", self.fail)
            self.defer_initialization(self.fail, 1)
            self.register_task(self.fail_later())
            self.register_pair(self.fail)
            self.register_subscription(self.fail_later)

        def fail(self, *_: object) -> None:
            raise ValueError("no")

        async def fail_later(self) -> None:
            await asyncio.sleep(0.5)
            self.fail()

        async def cleanup(self) -> None:
            self.fail()

    logging.disable(logging.CRITICAL)  # pytest's own capture keeps the records

    async def scenario() -> list[weakref.ref[object]]:
        bus = EventBus()
        one = Failing(bus=bus)
        await one.start()
        payload = type("Payload", (), {})()
        await bus.emit("e", payload)
        await bus.emit("system:ready", {"daemon": "other"})
        await asyncio.sleep(2.5)
        try:
            await one.shutdown()
        except ExceptionGroup as group:
            assert len(group.exceptions) == 3
        return [weakref.ref(one), weakref.ref(payload), weakref.ref(one._daemon_state)]

    try:
        references = run(scenario())
    finally:
        logging.disable(logging.NOTSET)
    gc.collect()
    for reference in references:
        assert reference() is None, gc.get_referrers(reference())


def test_p25_an_exception_that_somebody_retrieves_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())

        async def fail(kind: type[BaseException] = ValueError) -> None:
            await asyncio.sleep(0)
            raise kind("no")

        with pytest.raises(ValueError, match="no"):
            await one.register_task(fail())
        results = await asyncio.gather(one.register_task(fail()), return_exceptions=True)
        assert isinstance(results[0], ValueError)
        assert caplog.records == []
        task = one.register_task(fail(), name="nobody")
        reference = weakref.ref(task)
        del task
        gc.collect()
        assert reference() is not None  # held until it is done
        await steps(4)
        gc.collect()
        assert reference() is None
        assert one.stats()["last_error"] == "ValueError: no"
        named = one.register_task(asyncio.create_task(asyncio.sleep(0)), name="adopted")
        assert named.get_name() == "d:adopted"
        await one.shutdown()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    (record,) = caplog.records
    assert fields(record, "daemon", "kind", "handle") == ("d", "task", "d:nobody")


def test_p25_a_task_that_fails_over_its_cancellation_is_an_error_of_the_shutdown() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())

        async def stubborn() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                raise ValueError("no")

        one.register_task(stubborn())
        await steps(1)
        with pytest.raises(ValueError, match="no"):
            await one.shutdown()

    run(scenario())


def test_p25_wrong_arguments() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())

        async def work() -> None: ...

        with pytest.raises(TypeError, match="call it to make one"):
            one.register_task(untyped(work))
        with pytest.raises(TypeError, match="a coroutine or a task"):
            one.register_task(untyped(3))
        coroutine = work()
        with pytest.raises(TypeError, match="name must be a string"):
            one.register_task(coroutine, name=untyped(3))
        coroutine.close()

    run(scenario())


def test_p26_calls_from_other_threads_and_loops_are_refused_in_debug_mode() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())
        await one.start()
        caught: list[str] = []

        def elsewhere() -> None:
            for call in (
                lambda: one.register_subscription(print),
                lambda: one.subscribe("e", print),
                lambda: one.clear_interval("i"),
                one.cleanup_subscriptions,
            ):
                try:
                    call()
                except RuntimeError as error:
                    caught.append(str(error))

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert caught == ["d was used from a thread other than its loop's"] * 4
        one.register_interval("i", print, 60)

        async def in_another_loop() -> None:
            with pytest.raises(RuntimeError, match="an event loop other than its own"):
                one.register_interval("i", print, 1)
            with pytest.raises(RuntimeError, match="an event loop other than its own"):
                await one.shutdown()

        other = VirtualLoop()
        running = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        other.run_until_complete(in_another_loop())
        other.close()
        asyncio._set_running_loop(running)
        assert one.stats()["state"] == "running"
        await one.shutdown()

    run(scenario(), debug=True)


def test_p26_without_debug_mode_nothing_is_checked_and_a_closed_loop_is_no_bond() -> None:
    one = DaemonBase("d", bus=EventBus())
    run(one.start())
    one.register_subscription(print)  # no loop runs; the old one is closed
    run(one.shutdown(), debug=True)
    with pytest.raises(DaemonClosedError):
        run(one.start())


def test_p26_debug_mode_lets_the_same_thread_go_on_between_two_runs() -> None:
    virtual = VirtualLoop()
    virtual.set_debug(True)
    one = DaemonBase("d", bus=EventBus())
    virtual.run_until_complete(one.start())
    one.register_subscription(lambda: None)
    virtual.run_until_complete(one.shutdown())
    virtual.close()


def test_two_loops_one_after_the_other_share_the_default_bus() -> None:
    """Hard test 19: the bus of the module must not bind the first loop."""
    got: list[str] = []

    async def scenario(name: str) -> None:
        async with DaemonBase(name) as one:
            one.subscribe("test:two loops", lambda payload: got.append(name))
            await one.bus.emit("test:two loops")

    run(scenario("one"))
    run(scenario("two"))
    assert got == ["one", "two"]
