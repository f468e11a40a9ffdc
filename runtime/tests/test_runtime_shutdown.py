"""P1 to P12: what shutdown promises."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import signal
import subprocess
import sys
import textwrap
from typing import Any

import pytest

from daemonbase import DaemonBase, DaemonClosedError, DaemonError, EventBus
from runtime_clock import left, loop, run

NOTHING = {"timers": 0, "tasks": 0}


class Recorder(DaemonBase):
    """Holds one of everything and writes down what happens."""

    def __init__(self, hook: Any = None) -> None:
        super().__init__("recorder", bus=EventBus())
        self.calls: list[str] = []
        self.hook = hook

    async def initialize(self) -> None:
        self.subscribe("event", lambda payload: self.calls.append("event"))
        for number in range(3):
            self.register_subscription(lambda number=number: self.calls.append(f"u{number}"))
        self.register_interval("tick", lambda: self.calls.append("tick"), 1)
        self.defer_initialization(lambda: self.calls.append("deferred"), 30)
        self.register_task(self.forever())

    async def forever(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.calls.append("task ended")

    async def cleanup(self) -> None:
        self.calls.append("cleanup")
        if self.hook is not None:
            await self.hook(self)


async def started(hook: Any = None) -> Recorder:
    daemon = Recorder(hook)
    await daemon.start()
    await asyncio.sleep(0)
    return daemon


def test_p01_order_and_everything_alive_in_the_hook() -> None:
    seen: dict[str, Any] = {}

    async def hook(daemon: Recorder) -> None:
        seen.update(daemon.stats())

    async def scenario() -> None:
        daemon = await started(hook)
        await daemon.shutdown()
        assert daemon.calls == ["cleanup", "u2", "u1", "u0", "task ended"]
        assert seen["subscriptions"] == 4
        assert list(seen["intervals"]) == ["tick"]
        assert (seen["deferred"], seen["tasks"]) == (1, 1)
        assert daemon.stats()["state"] == "stopped"
        assert left() == NOTHING
        assert daemon.bus.handlers() == []

    run(scenario())


@pytest.mark.parametrize(
    "error", [ValueError("no"), KeyboardInterrupt(), asyncio.CancelledError(), SystemExit(3)]
)
def test_p02_release_runs_whatever_the_hook_raises(error: BaseException) -> None:
    async def hook(daemon: Recorder) -> None:
        raise error

    async def scenario() -> None:
        daemon = await started(hook)
        try:
            await daemon.shutdown()
        except BaseExceptionGroup as group:
            # Alone, it would pass for a cancellation of the caller.
            assert isinstance(error, asyncio.CancelledError)
            assert group.exceptions == (error,)
        except BaseException as raised:
            assert raised is error
        else:
            pytest.fail("the hook's error was swallowed")
        assert daemon.calls[1:] == ["u2", "u1", "u0", "task ended"]
        assert left() == NOTHING

    run(scenario())


@pytest.mark.parametrize(
    "kinds", list(itertools.permutations([ValueError, KeyboardInterrupt, asyncio.CancelledError]))
)
def test_p03_p04_each_unsubscribe_once_and_no_error_lost(kinds: Any) -> None:
    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        calls: list[int] = []

        def unsubscribe(number: int) -> None:
            calls.append(number)
            if number % 2:
                raise kinds[number // 2]("no")

        for number in range(6):
            daemon.register_subscription(lambda number=number: unsubscribe(number))
        with pytest.raises(BaseExceptionGroup) as caught:
            await daemon.shutdown()
        assert calls == [5, 4, 3, 2, 1, 0]
        assert [type(error) for error in caught.value.exceptions] == list(kinds)[::-1]

    run(scenario())


def test_p04_one_error_is_raised_as_it_is_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        daemon = DaemonBase("single", bus=EventBus())

        def refuse() -> None:
            raise ValueError("refused")

        daemon.register_subscription(refuse)
        with pytest.raises(ValueError, match="refused"):
            await daemon.shutdown()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert [record.name for record in caplog.records] == ["daemonbase.single"]


async def _slow(daemon: Recorder) -> None:
    for _ in range(3):
        await asyncio.sleep(0)


@pytest.mark.parametrize("hook", [None, _slow])
@pytest.mark.parametrize("step", range(12))
def test_p05_cancelled_at_every_await(step: int, hook: Any) -> None:
    async def scenario() -> None:
        daemon = await started(hook)
        task = asyncio.create_task(daemon.shutdown())
        for _ in range(step):
            await asyncio.sleep(0)
        finished = task.done()
        task.cancel()
        await asyncio.wait({task})
        assert finished or task.cancelled()
        if step == 0:  # the body never began: the next call does it all
            await daemon.shutdown()
        assert daemon.calls.count("u0") == 1
        assert daemon.calls.count("task ended") == 1
        assert left() == NOTHING
        assert daemon.bus.handlers() == []

    run(scenario())


def test_p05_cancelled_while_joining_a_stubborn_task() -> None:
    async def stubborn() -> None:
        for _ in range(3):
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                continue

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        daemon.register_task(stubborn())
        await asyncio.sleep(0)
        task = asyncio.create_task(daemon.shutdown())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert left() == NOTHING

    run(scenario())


def test_p06_idempotent_and_all_callers_wait() -> None:
    async def hook(daemon: Recorder) -> None:
        await asyncio.sleep(5)

    async def scenario() -> None:
        daemon = await started(hook)
        ends: list[float] = []

        async def call() -> None:
            await daemon.shutdown()
            ends.append(loop().time())

        impatient = asyncio.create_task(daemon.shutdown())
        callers = [asyncio.create_task(call()) for _ in range(10)]
        await asyncio.sleep(1)
        callers[3].cancel()
        await asyncio.gather(impatient, *callers, return_exceptions=True)
        assert len(ends) == 9
        assert set(ends) == {5.0}
        await daemon.shutdown()
        assert daemon.calls.count("cleanup") == 1

    run(scenario())


def test_p06_the_first_caller_gets_the_error_and_waiters_nothing() -> None:
    async def hook(daemon: Recorder) -> None:
        await asyncio.sleep(1)
        raise ValueError("first")

    async def scenario() -> None:
        daemon = await started(hook)
        first = asyncio.create_task(daemon.shutdown())
        await asyncio.sleep(0)
        await daemon.shutdown()
        with pytest.raises(ValueError, match="first"):
            await first

    run(scenario())


@pytest.mark.parametrize("place", ["interval", "task", "handler", "deferred", "ready"])
def test_p07_from_inside(place: str) -> None:
    async def scenario() -> None:
        bus = EventBus()
        daemon = DaemonBase("d", bus=bus)
        after: list[str] = []
        ticks: list[float] = []

        async def end(*_: Any) -> None:
            ticks.append(loop().time())
            await daemon.shutdown()
            await asyncio.sleep(0)
            after.append("went on")

        await daemon.start()
        if place == "interval":
            daemon.register_interval("end", end, 1)
        elif place == "task":
            daemon.register_task(end())
        elif place == "handler":
            daemon.subscribe("end", end)
        elif place == "deferred":
            daemon.defer_initialization(end, 1)
        else:
            await bus.emit("system:ready", {"daemon": "other"})
            daemon.on_daemon_ready("other", end)
        async with asyncio.timeout(60):
            if place == "handler":
                await bus.emit("end")
            await asyncio.sleep(10)
        assert after == ["went on"]
        assert len(ticks) == 1
        assert daemon.stats()["state"] == "stopped"
        assert left() == NOTHING

    run(scenario())


def test_p08_the_join_is_bounded(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async def never() -> None:
            while True:
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    if stop:
                        raise

        stop: list[bool] = []
        daemon = DaemonBase("d", bus=EventBus())
        task = daemon.register_task(never(), name="stubborn")
        await asyncio.sleep(0)
        began = loop().time()
        await daemon.shutdown(join_timeout=3)
        assert loop().time() - began == 3
        stop.append(True)
        task.cancel()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert any("d:stubborn" in record.getMessage() for record in caplog.records)


def test_p09_nothing_runs_afterwards() -> None:
    async def scenario() -> None:
        daemon = await started()
        daemon.on_daemon_ready("late", lambda: daemon.calls.append("ready"))
        await daemon.shutdown()
        calls = list(daemon.calls)
        await daemon.bus.emit("event", 1)
        await daemon.bus.emit("system:ready", {"daemon": "late"})
        await asyncio.sleep(100)
        assert daemon.calls == calls

    run(scenario())


def test_p10_never_started_and_independent() -> None:
    async def scenario() -> None:
        one, other = Recorder(), await started()
        released: list[int] = []
        one.register_subscription(lambda: released.append(1))
        await one.shutdown()
        assert released == [1]
        assert other.stats()["state"] == "running"
        await other.shutdown()

    run(scenario())


SCRIPT = """
    import asyncio, sys
    from daemonbase import DaemonBase, run

    class D(DaemonBase):
        async def initialize(self):
            self.register_interval("tick", lambda: None, 60)
            print("up", flush=True)
        async def cleanup(self):
            print("cleanup", flush=True)
            if "slow" in sys.argv:
                await asyncio.sleep(60)

    sys.exit(run(D("one"), D("two")))
"""


def _program(*arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-X", "dev", "-c", textwrap.dedent(SCRIPT), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    for _ in range(2):
        assert process.stdout.readline() == "up\n"
    return process


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_p11_signals_shut_down_in_reverse(number: signal.Signals) -> None:
    process = _program()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert out.splitlines() == ["cleanup", "cleanup"]
    assert process.returncode == 128 + number
    assert err == ""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_p11_a_second_signal_ends_at_once() -> None:
    process = _program("slow")
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    assert process.stdout.readline() == "cleanup\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == -signal.SIGTERM


def test_p12_registering_in_the_hook_is_cleaned_up() -> None:
    released: list[str] = []

    async def hook(daemon: Recorder) -> None:
        daemon.register_subscription(lambda: released.append("late"))
        daemon.register_interval("late", lambda: None, 1)

    async def scenario() -> None:
        daemon = await started(hook)
        await daemon.shutdown()
        assert released == ["late"]
        assert left() == NOTHING

    run(scenario())


def test_p12_registering_after_the_end_releases_and_raises() -> None:
    async def scenario() -> None:
        daemon = await started()
        await daemon.shutdown()
        released: list[str] = []
        with pytest.raises(DaemonClosedError):
            daemon.register_subscription(lambda: released.append("u"))
        assert released == ["u"]

        async def job() -> None:
            pytest.fail("it must never run")

        coroutine = job()
        with pytest.raises(DaemonClosedError):
            daemon.register_task(coroutine)
        with pytest.raises(RuntimeError, match=r"cannot reuse|closed"):
            await coroutine
        for register in (
            lambda: daemon.subscribe("e", print),
            lambda: daemon.register_interval("i", print, 1),
            lambda: daemon.on_daemon_ready("x", print),
            lambda: daemon.defer_initialization(print),
        ):
            with pytest.raises(DaemonClosedError):
                register()
        assert daemon.bus.handlers() == []

    run(scenario())


def test_start_twice_is_refused_and_a_failed_start_cleans_up() -> None:
    class Failing(Recorder):
        async def initialize(self) -> None:
            await super().initialize()
            raise ValueError("no database")

    async def scenario() -> None:
        daemon = await started()
        with pytest.raises(DaemonError, match="running"):
            await daemon.start()
        await daemon.shutdown()
        with pytest.raises(DaemonError, match="stopped"):
            await daemon.start()
        failing = Failing()
        with pytest.raises(ValueError, match="no database"):
            await failing.start()
        assert failing.stats()["state"] == "stopped"
        assert left() == NOTHING

    run(scenario())


def test_forgetting_super_init_is_one_clear_sentence() -> None:
    class Forgetful(DaemonBase):
        def __init__(self) -> None:
            pass

    with pytest.raises(DaemonError, match=r"Forgetful.__init__\(\) has not called super"):
        Forgetful().register_subscription(print)


def test_collected_without_shutdown_warns() -> None:
    async def scenario() -> None:
        await Recorder.start(daemon := DaemonBase("lost", bus=EventBus()))
        with pytest.warns(ResourceWarning, match="lost"):
            del daemon

    run(scenario())
