"""Corners that nothing else turns: each was found by branch coverage, each has its reason."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daemonbase import DaemonBase, EventBus, Supervisor, tracking
from daemonbase.checks import discard
from daemonbase.intervals import next_tick
from daemonbase.leaks import LeakTracker
from runtime_clock import VirtualLoop, loop, run, steps


def test_the_grid_decides_where_the_division_is_off() -> None:
    """Found by search: (now - start) / seconds rounds to the wrong side of a tick."""
    start, seconds, now = 725852.6014465152, 1.1162414147024449, 730387.8903144512
    assert next_tick(start, seconds, 1, now) == int((now - start) / seconds) + 2
    start, seconds, now = 0.0, 1 / 3, 940.9999999999999
    assert next_tick(start, seconds, 1, now) == int((now - start) / seconds)
    assert next_tick(0, 1, 3, 2.9999) == 4  # the timer was early
    assert next_tick(0, 1, 3, 3) == 4
    assert next_tick(0, 1, 3, 7) == 8
    assert next_tick(0, 1, 3, 7.5) == 8


@settings(max_examples=2000, deadline=None)
@given(
    st.floats(0, 1e9),
    st.floats(1e-3, 1e4),
    st.integers(0, 10**6),
    st.integers(0, 1000),
    st.sampled_from([-1.0, 0.0, 1.0]),
)
def test_the_next_tick_is_the_first_after_now(
    start: float, seconds: float, k: int, behind: int, ulps: float
) -> None:
    import math

    now = start + (k + behind) * seconds
    now += ulps * math.ulp(now)
    found = next_tick(start, seconds, k, now)
    assert found > k
    assert start + found * seconds > now or found == k + 1
    assert found == k + 1 or start + (found - 1) * seconds <= now


def test_a_shutdown_that_no_task_runs() -> None:
    """Stepped by hand in a callback of the loop: it has no task to cancel, and is bounded still."""

    async def slow() -> None:
        while True:
            await asyncio.sleep(0)
            loop().advance(1)

    class Hooked(DaemonBase):
        async def cleanup(self) -> None:
            await (steps(2) if self.name == "quick" else slow())

    def drive(daemon: DaemonBase) -> None:
        coroutine = daemon.shutdown(cleanup_timeout=3, join_timeout=2)

        def step() -> None:
            try:
                coroutine.send(None)
            except StopIteration:
                ended.append(daemon.name)
            except TimeoutError as error:
                ended.append(str(error))
            else:
                loop().call_soon(step)

        step()

    ended: list[str] = []

    async def scenario() -> None:
        for name in ("quick", "slow"):
            daemon = Hooked(name, bus=EventBus())
            loop().call_soon(drive, daemon)
            await steps(40)
            assert daemon.stats()["state"] == "stopped"
        assert ended == [
            "quick",
            "cleanup() of slow took longer than 3 s and ignored its cancellation",
        ]

    run(scenario())


def test_p07_a_handler_that_no_task_runs_shuts_down() -> None:
    ended: list[str] = []

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())

        async def end(_: object) -> None:
            await daemon.shutdown()

        def by_hand() -> None:
            with pytest.raises(StopIteration):
                emitting.send(None)
            ended.append(daemon.stats()["state"])

        daemon.subscribe("e", end)
        emitting = daemon.bus.emit("e")
        loop().call_soon(by_hand)
        await steps(2)

    run(scenario())
    assert ended == ["stopped"]


def test_discard_leaves_other_things_alone() -> None:
    discard(3)


def test_keyboard_interrupt_in_an_async_callback_leaves_the_loop(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def interrupt() -> None:
        await asyncio.sleep(0)
        raise KeyboardInterrupt

    async def main(daemon: DaemonBase) -> None:
        daemon.register_interval("i", interrupt, 1)
        daemon.defer_initialization(interrupt, 0.5)
        await asyncio.sleep(10)

    def program() -> None:
        virtual = VirtualLoop()
        # A record that is captured would keep the exception.
        silent = logging.Logger("silent", logging.CRITICAL + 1)
        daemon = DaemonBase("d", bus=EventBus(), logger=silent)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                errors = daemon.stats()["errors"]
                virtual.run_until_complete(steps(9999) if errors else main(daemon))
                virtual.run_forever()
        assert daemon.stats()["last_error"] == "KeyboardInterrupt"
        for task in asyncio.all_tasks(virtual):
            task.cancel()
        virtual.run_until_complete(daemon.shutdown())
        virtual.close()

    program()
    gc.collect()
    assert "never retrieved" not in caplog.text  # it was logged, and has left the loop


def test_handlers_of_one_daemon_within_each_other_count_once() -> None:
    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("d", bus=bus)
        seen: list[int] = []

        async def outer(payload: object) -> None:
            await bus.emit("inner")
            await steps(1)
            seen.append(one.stats()["handlers_running"])

        async def inner(payload: object) -> None:
            await steps(1)
            seen.append(one.stats()["handlers_running"])

        one.subscribe("outer", outer)
        one.subscribe("inner", inner)
        await bus.emit("outer")
        assert seen == [2, 1]  # one in the other, and then the outer alone
        assert one.stats()["handlers_running"] == 0
        await one.shutdown()

    run(scenario())


def test_a_daemon_started_by_its_own_handler() -> None:
    async def scenario() -> None:
        bus = EventBus()

        class Late(DaemonBase):
            async def initialize(self) -> None:
                await steps(1)

        one = Late("d", bus=bus)
        one.subscribe("go", lambda payload: one.start())
        await bus.emit("go")
        assert one.stats()["state"] == "running"
        assert one.stats()["handlers_running"] == 0
        await one.shutdown()

    run(scenario())


def test_on_error_is_not_called_once_the_daemon_has_ended() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())
        seen: list[BaseException] = []

        async def fail() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                raise ValueError("over its cancellation")

        one.register_interval("i", fail, 1, on_error=seen.append)
        await asyncio.sleep(1.5)
        await one.shutdown()
        assert seen == []
        assert one.stats()["last_error"] == "ValueError: over its cancellation"

    run(scenario())


def test_a_waiter_cancelled_in_the_very_step_of_the_end() -> None:
    waiter: list[asyncio.Task[None]] = []

    class Hooked(DaemonBase):
        async def cleanup(self) -> None:
            await steps(3)
            waiter[0].cancel()

    async def scenario() -> None:
        one = Hooked("d", bus=EventBus())
        first = asyncio.create_task(one.shutdown())
        await steps(1)
        waiter.append(asyncio.create_task(one.shutdown()))
        await asyncio.wait({first, waiter[0]})
        assert waiter[0].cancelled()
        assert first.exception() is None

    run(scenario())


def test_a_handler_in_flight_that_shuts_down_during_the_join() -> None:
    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("d", bus=bus)
        log: list[str] = []

        async def handler(payload: object) -> None:
            await asyncio.sleep(1)
            await one.shutdown()
            log.append("handler went on")

        async def slow_to_end() -> None:
            try:
                await asyncio.sleep(60)
            finally:
                await asyncio.sleep(2)
                log.append("task ended")

        one.subscribe("e", handler)
        one.register_task(slow_to_end())
        emitting = bus.emit_nowait("e")
        await steps(2)
        await one.shutdown()
        assert loop().time() == 2
        assert emitting is not None
        await emitting
        assert log == ["task ended", "handler went on"]

    run(scenario())


def test_two_starts_that_fail_are_both_told() -> None:
    class Failing(DaemonBase):
        async def initialize(self) -> None:
            self.on_daemon_ready("two", lambda: None)
            try:
                await asyncio.sleep(1 if self.name == "two" else 60)
            finally:
                raise ValueError(self.name)

    async def scenario() -> None:
        bus = EventBus()
        with pytest.raises(ValueError, match=r"one|two") as caught:
            await Supervisor(Failing("one", bus=bus), Failing("two", bus=bus)).start()
        contexts = []
        error: BaseException | None = caught.value
        while error is not None:
            contexts.append(str(error))
            error = error.__context__
        assert {"one", "two"} <= set(contexts)

    run(scenario())


def test_a_second_signal_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[int] = []

    class Hooked(DaemonBase):
        async def cleanup(self) -> None:
            await asyncio.sleep(0.01)
            original(signal.SIGUSR2)
            await asyncio.sleep(0.01)

    original = signal.raise_signal
    monkeypatch.setattr(signal, "raise_signal", raised.append)
    before = signal.getsignal(signal.SIGUSR1)

    async def serve() -> int:
        supervisor = Supervisor(
            Hooked("d", bus=EventBus()),
            signals=[signal.SIGUSR2],
            report_signal=signal.SIGUSR1,
        )
        asyncio.get_running_loop().call_later(0.01, original, signal.SIGUSR2)
        return await supervisor.serve()

    assert asyncio.run(serve()) == 128 + signal.SIGUSR2
    assert raised == [signal.SIGUSR2]  # with the default action in place, it ends the process
    assert signal.getsignal(signal.SIGUSR1) == before


def test_a_failing_async_handler_without_an_owner_is_named(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(payload: object) -> None:
        raise ValueError("no")

    async def scenario() -> None:
        bus = EventBus()
        bus.subscribe("e", fail)
        task = bus.emit_nowait("e")
        assert task is not None
        await task

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert "function test_a_failing_async_handler" in caplog.records[0].getMessage()


def test_a_prefix_subscription_knows_its_place_in_debug_mode(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tracking, "debug", True)
    handle = EventBus().subscribe_prefix("e", print)
    assert tracking.line_of(handle.place).startswith(__file__)


def test_the_leak_tracker_without_what_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(asyncio.runners, "_cancel_all_tasks")
    tracker = LeakTracker()
    tracker.begin()
    tracker.end()
    assert not hasattr(asyncio.runners, "_cancel_all_tasks")


def test_the_leak_tracker_with_two_loops() -> None:
    """Each daemon is shut down in its own loop, each task is looked for in its own."""
    tracker = LeakTracker()
    tracker.begin()
    loops = [asyncio.new_event_loop() for _ in range(2)]
    daemons = [DaemonBase(f"d{number}", bus=EventBus()) for number in range(2)]

    async def begin(daemon: DaemonBase) -> None:
        await daemon.start()
        daemon.register_task(asyncio.sleep(60))
        await steps(1)

    try:
        for one, daemon in zip(loops, daemons, strict=True):
            tracker.helped.append(daemon)
            one.run_until_complete(begin(daemon))
        tracker.look(loops[0])
        assert [daemon.stats()["state"] for daemon in daemons] == ["stopped", "running"]
        assert tracker.leaks() == []
        assert daemons[1].stats()["state"] == "stopped"
    finally:
        tracker.end()
        for one in loops:
            one.close()
    gc.collect()


def test_a_bus_of_another_kind_is_refused() -> None:
    wrong: Any = object()
    with pytest.raises(TypeError, match="bus must be an EventBus"):
        DaemonBase("d", bus=wrong)


class Unshowable:
    """A handle whose repr fails, and whose release does, too."""

    def __repr__(self) -> str:
        raise ValueError("repr")

    def __call__(self, *_: object) -> None:
        raise ValueError("call")


def test_what_cannot_be_shown_or_logged_harms_no_release() -> None:
    class Broken(logging.Logger):
        def isEnabledFor(self, level: int) -> bool:
            raise OSError("the log is gone")

    async def scenario(logger: logging.Logger | None) -> None:
        one = DaemonBase("d", bus=EventBus(), logger=logger)
        released: list[int] = []
        await one.start()
        one.register_pair(released.append, 1)
        unshowable = Unshowable()
        one.register_subscription(unshowable)
        one.bus.subscribe("e", unshowable)
        one.subscribe("e", unshowable)
        await one.bus.emit("e")
        one.register_interval("i", unshowable, 1)
        one.defer_initialization(unshowable, 1)
        await asyncio.sleep(1.5)
        assert one.stats()["intervals"]["i"]["errors"] == 1
        with pytest.raises(ValueError, match="call"):
            await one.shutdown()
        assert released == [1]
        assert one.stats()["state"] == "stopped"
        await one.shutdown()

    run(scenario(None))
    run(scenario(Broken("broken")))


def test_generator_functions_are_no_callbacks() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())

        async def ticks() -> Any:
            yield 1

        def more() -> Any:
            yield 1

        for wrong in (ticks, more):
            with pytest.raises(TypeError, match="must not be a generator function"):
                one.register_interval("i", wrong, 1)

    run(scenario())


def test_run_within_a_running_loop_says_what_to_do() -> None:
    from daemonbase import run as run_program

    async def scenario() -> None:
        with pytest.raises(RuntimeError, match=r"await Supervisor\(...\).serve\(\)"):
            run_program(DaemonBase("d", bus=EventBus()))

    run(scenario())


# --- found by mutants that survived -----------------------------------------------------------


def test_own_tasks_are_told_once() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())
        told: list[float] = []

        async def deaf() -> None:
            while len(told) < 5:
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    told.append(loop().time())

        task = one.register_task(deaf())
        await steps(1)
        await one.shutdown(join_timeout=1)
        await steps(2)
        assert told == [0]
        for _ in range(5):
            task.cancel()
            await steps(1)

    run(scenario())


def test_an_error_of_the_shutdown_is_freed_without_the_collector() -> None:
    import weakref

    def fail() -> None:
        raise ValueError("no")

    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())
        await one.start()
        one.register_subscription(fail)
        holdings = weakref.ref(one._daemon_state)
        gc.collect()
        gc.disable()
        try:
            with contextlib.suppress(ValueError):
                await one.shutdown()
            del one
            assert holdings() is None
        finally:
            gc.enable()

    logging.disable(logging.CRITICAL)
    try:
        run(scenario())
    finally:
        logging.disable(logging.NOTSET)


def test_a_second_caller_that_gives_up_is_an_own_task_like_any_other() -> None:
    class Slow(DaemonBase):
        async def cleanup(self) -> None:
            await asyncio.sleep(5)

    async def scenario() -> None:
        one = Slow("d", bus=EventBus())
        ends: list[float] = []

        async def impatient() -> None:
            try:
                async with asyncio.timeout(1):
                    await one.shutdown()
            except TimeoutError:
                pass
            try:
                await asyncio.sleep(3600)
            finally:
                ends.append(loop().time())

        first = asyncio.create_task(one.shutdown())
        await steps(2)
        one.register_task(impatient())
        await first
        assert ends == [5]

    run(scenario())


def test_a_daemon_stays_with_its_loop_while_that_is_open() -> None:
    first, second = VirtualLoop(), VirtualLoop()
    one = DaemonBase("d", bus=EventBus())
    first.run_until_complete(one.start())

    async def elsewhere() -> None:
        one.register_interval("i", print, 60)
        one.cleanup_intervals()

    second.run_until_complete(elsewhere())
    assert one._daemon_state.loop is first
    first.run_until_complete(one.shutdown())
    first.close()
    second.close()


def test_an_announcement_reaches_those_subscribed_when_it_began() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []

        def first(payload: object) -> None:
            calls.append("first")
            end()
            bus.subscribe("system:ready", lambda payload: calls.append("new"))

        end = bus.subscribe("system:ready", first)
        bus.subscribe("system:ready", lambda payload: calls.append("second"))
        await bus.emit("system:ready", {"daemon": "d"})
        assert calls == ["first", "second"]

    run(scenario())


def test_a_handler_that_failed_is_not_waited_for() -> None:
    from daemonbase.subscriptions import all_running

    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("d", bus=bus)

        async def fail(payload: object) -> None:
            await steps(1)
            raise ValueError("no")

        one.subscribe("e", fail)
        bus.subscribe("e", lambda payload: asyncio.sleep(3))
        emitting = bus.emit_nowait("e")
        await steps(4)
        assert one.stats()["handlers_running"] == 0
        assert len(all_running) == 1
        await one.shutdown()
        assert loop().time() == 0
        assert emitting is not None
        await emitting
        assert not all_running
        cancelled = bus.emit_nowait("e")
        assert cancelled is not None
        two = DaemonBase("d", bus=bus)
        two.subscribe("f", lambda payload: asyncio.sleep(3))
        waiting = bus.emit_nowait("f")
        assert waiting is not None
        await steps(2)
        for task in (cancelled, waiting):
            task.cancel()
        await steps(2)
        assert not all_running
        await two.shutdown()

    run(scenario())


def test_a_late_ready_callback_that_waits_for_more_at_the_start() -> None:
    bus = EventBus()
    data = DaemonBase("data", bus=bus)
    run(data.start())
    got: list[str] = []
    user = DaemonBase("user", bus=bus)

    def ready() -> None:
        got.append("first")
        first()
        user.on_daemon_ready("data", lambda: got.append("second"))

    first = user.on_daemon_ready("data", ready)

    async def scenario() -> None:
        await user.start()
        await steps(2)
        assert got == ["first", "second"]
        await user.shutdown()
        await data.shutdown()

    run(scenario())


def test_a_failed_start_lets_go_of_its_task() -> None:
    class Failing(DaemonBase):
        async def initialize(self) -> None:
            raise ValueError("no")

    async def scenario() -> None:
        one = Failing("d", bus=EventBus())
        with pytest.raises(ValueError, match="no"):
            await one.start()
        assert one._daemon_state.starter is None

    run(scenario())
