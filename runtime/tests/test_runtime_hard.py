"""Hard tests of the shutdown: every await cancelled, every pair, place and mix of errors."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import logging
import random
import tracemalloc
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from daemonbase import DaemonBase, DaemonClosedError, EventBus
from runtime_clock import left, loop, run, steps
from runtime_untyped import fields

NOTHING = {"timers": 0, "tasks": 0}
Hook = Callable[["Loaded"], Awaitable[None]]


async def hook_returns(daemon: Loaded) -> None: ...


async def hook_steps(daemon: Loaded) -> None:
    await steps(3)


async def hook_sleeps(daemon: Loaded) -> None:
    await asyncio.sleep(0.001)
    await asyncio.sleep(0.001)


async def hook_raises(daemon: Loaded) -> None:
    await steps(1)
    raise ValueError("hook")


async def hook_swallows(daemon: Loaded) -> None:
    for _ in range(2):
        try:
            await asyncio.sleep(0.001)
        except asyncio.CancelledError:
            continue


async def hook_registers(daemon: Loaded) -> None:
    daemon.register_subscription(lambda: daemon.released.append("late"))
    daemon.register_interval("late", lambda: None, 1)
    daemon.register_task(asyncio.sleep(60))
    await steps(1)
    daemon.defer_initialization(lambda: None, 1)


HOOKS = [hook_returns, hook_steps, hook_sleeps, hook_raises, hook_swallows, hook_registers]


class Loaded(DaemonBase):
    """Holds handles of all kinds."""

    def __init__(self, hook: Hook, subscriptions: int, stubborn: bool) -> None:
        super().__init__("loaded", bus=EventBus())
        self.hook = hook
        self.count = subscriptions
        self.stubborn = stubborn
        self.released: list[str] = []
        self.hooks = 0

    async def initialize(self) -> None:
        for number in range(self.count):
            self.register_pair(self.released.append, f"sub {number}")
        if self.count:
            self.register_subscription(self.release_later)
            self.subscribe("event", self.handle)
            self.on_daemon_ready("other", self.handle, timeout=50)
        self.register_interval("sync", lambda: None, 0.01)
        self.register_interval("async", self.wait, 0.01)
        self.defer_initialization(self.wait, 0.01)
        self.defer_initialization(self.wait, 50)
        self.register_task(self.wait())
        if self.stubborn:
            self.register_task(self.resist())

    async def release_later(self) -> None:
        await steps(2)
        self.released.append("async")

    def handle(self, *_: object) -> None: ...

    async def wait(self) -> None:
        await asyncio.sleep(3600)

    async def resist(self) -> None:
        for _ in range(3):
            try:
                await asyncio.sleep(0.001)
            except asyncio.CancelledError:
                continue

    async def cleanup(self) -> None:
        self.hooks += 1
        await self.hook(self)


async def started(hook: Hook, subscriptions: int, stubborn: bool) -> Loaded:
    daemon = Loaded(hook, subscriptions, stubborn)
    await daemon.start()
    await asyncio.sleep(0.015)
    assert daemon.stats()["tasks"] >= 3
    return daemon


def assert_nothing_left(daemon: Loaded) -> None:
    assert left() == NOTHING
    assert daemon.bus.handlers() == []
    assert daemon.stats()["state"] == "stopped"
    assert daemon.hooks == 1
    for number in range(daemon.count):
        assert daemon.released.count(f"sub {number}") == 1
    assert daemon.released.count("async") == (1 if daemon.count else 0)


async def cancel_at(daemon: Loaded, cancels: tuple[int, ...]) -> tuple[asyncio.Task[None], bool]:
    """Cancel a shutdown after so many steps each; the task, and whether it was over before."""
    task = asyncio.create_task(daemon.shutdown())
    over = False
    for position, step in enumerate(cancels):
        for _ in range(step):
            loop().advance(0.0003)  # or steps would keep time from passing
            await asyncio.sleep(0)
        if position == 0:
            over = task.done()
        task.cancel()
    await asyncio.wait({task})
    return task, over


@pytest.mark.parametrize("stubborn", [False, True], ids=["", "stubborn"])
@pytest.mark.parametrize("subscriptions", [0, 1, 3])
@pytest.mark.parametrize("hook", HOOKS)
def test_p05_cancelled_at_every_await_with_all_kinds_of_handles(
    hook: Hook, subscriptions: int, stubborn: bool
) -> None:
    """Hard test 2. It goes on until the shutdown ends before it is cancelled."""

    async def scenario(step: int) -> bool:
        daemon = await started(hook, subscriptions, stubborn)
        task, over = await cancel_at(daemon, (step,))
        if step == 0 and not over and not daemon.hooks:  # the body never began: nothing is done
            assert daemon.stats()["state"] == "running"
            assert task.cancelled()
            try:
                await daemon.shutdown()
            except ValueError:
                assert hook is hook_raises
        elif not over:
            assert task.cancelled(), task
            assert task.cancelling() == 1
        elif hook is hook_raises:
            assert isinstance(task.exception(), ValueError)
        assert_nothing_left(daemon)
        return over

    for step in range(200):
        if run(scenario(step)):
            break
    else:
        pytest.fail("the shutdown never ended by itself")
    assert step > 1


@pytest.mark.parametrize("hook", HOOKS)
def test_p05_cancelled_twice_at_every_pair(hook: Hook) -> None:
    """Hard test 3: the join absorbs both, and the count of cancellations is right."""

    async def scenario(first: int, second: int) -> None:
        daemon = await started(hook, 3, True)
        task, over = await cancel_at(daemon, (first, second))
        if not over:
            assert task.cancelled()
            assert task.cancelling() in (1, 2)  # 1 if it had ended before the second
        assert_nothing_left(daemon)

    for first, second in itertools.product(range(1, 12), range(12)):
        run(scenario(first, second))


KINDS: list[type[BaseException] | None] = [
    None,
    ValueError,
    KeyboardInterrupt,
    asyncio.CancelledError,
]
HOOK_KINDS: list[type[BaseException] | str | None] = [
    None,
    ValueError,
    SystemExit,
    asyncio.CancelledError,
    "cancelled",
]
MIXES = list(itertools.product(HOOK_KINDS, itertools.product(KINDS, repeat=5)))


def check_mix(hook_kind: Any, kinds: tuple[type[BaseException] | None, ...]) -> None:
    class Raising(DaemonBase):
        async def cleanup(self) -> None:
            if hook_kind == "cancelled":
                await asyncio.sleep(10)
            elif hook_kind is not None:
                raise hook_kind("hook")

    calls: list[int] = []

    def unsubscribe(number: int, kind: type[BaseException] | None) -> None:
        calls.append(number)
        if kind is not None:
            raise kind(number)

    async def scenario() -> BaseException | None:
        daemon = Raising("mix", bus=EventBus())
        for number, kind in enumerate(kinds):
            daemon.register_pair(unsubscribe, number, kind)

        async def end() -> BaseException | None:
            try:
                await daemon.shutdown()
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # a bare KeyboardInterrupt would end the loop
                return error
            return None

        task = asyncio.create_task(end())
        if hook_kind == "cancelled":
            await steps(2)
            task.cancel()
        await asyncio.wait({task})
        assert task.cancelled() == (hook_kind == "cancelled")
        return None if task.cancelled() else task.result()

    raised = run(scenario())
    assert calls == [4, 3, 2, 1, 0]
    expected: list[tuple[type[BaseException], object]] = []
    if hook_kind not in (None, "cancelled"):
        expected.append((hook_kind, "hook"))
    expected += [(kind, n) for n, kind in reversed(list(enumerate(kinds))) if kind is not None]
    if hook_kind == "cancelled" or not expected:
        assert raised is None
    elif len(expected) == 1 and expected[0][0] is not asyncio.CancelledError:
        assert raised is not None
        assert (type(raised), raised.args[0]) == expected[0]
    else:
        assert isinstance(raised, BaseExceptionGroup)
        assert [(type(error), error.args[0]) for error in raised.exceptions] == expected


def test_p04_sampled_mixes_of_five_unsubscribes_and_the_hook() -> None:
    """Hard test 4: each exactly once, no error lost, in order; a real cancellation wins."""
    logging.disable(logging.CRITICAL)
    try:
        for hook_kind, kinds in random.Random(4).sample(MIXES, 300):
            check_mix(hook_kind, kinds)
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.slow
def test_p04_all_mixes() -> None:
    logging.disable(logging.CRITICAL)
    try:
        for hook_kind, kinds in MIXES:
            check_mix(hook_kind, kinds)
    finally:
        logging.disable(logging.NOTSET)


def test_p03_unsubscribes_that_do_more_than_unsubscribe() -> None:
    """Hard test 5: they register, unregister a sibling, shut down, emit, clean up."""

    async def scenario() -> None:
        daemon = DaemonBase("busy", bus=EventBus())
        calls: list[str] = []

        def note(name: str) -> Callable[[], None]:
            return lambda: calls.append(name)

        sibling = note("sibling")

        def registers() -> None:
            with pytest.raises(DaemonClosedError):
                daemon.register_subscription(note("registered late"))
            with pytest.raises(DaemonClosedError):
                daemon.register_interval("i", print, 1)
            calls.append("registers")

        def unregisters() -> None:
            assert daemon.unregister_subscription(sibling)
            calls.append("unregisters")

        async def shuts_down() -> None:
            await daemon.shutdown()
            calls.append("shuts down")

        def emits() -> None:
            daemon.bus.emit_nowait("event")
            calls.append("emits")

        def cleans_up() -> None:
            daemon.cleanup_subscriptions()
            daemon.cleanup_intervals()
            calls.append("cleans up")

        daemon.subscribe("event", lambda payload: calls.append("handler"))
        daemon.register_subscription(note("first"))
        daemon.register_subscription(cleans_up)
        daemon.register_subscription(sibling)
        for handle in (emits, shuts_down, unregisters, registers):
            daemon.register_subscription(handle)
        await daemon.shutdown()
        begun = [call for call in calls if call != "shuts down"]
        assert begun == [
            "registered late",
            "registers",
            "sibling",
            "unregisters",
            "emits",  # to nobody: no handler of a half-dead daemon is called
            "first",
            "cleans up",
        ]
        assert calls.count("shuts down") == 1
        assert left() == NOTHING

    run(scenario())


PLACES = [
    "sync interval",
    "async interval",
    "handler",
    "deferred",
    "ready callback",
    "task",
    "async unsubscribe",
    "done callback",
    "on_error",
    "hook",
    "initialize",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("second", [False, True], ids=["first", "second"])
def test_p07_from_each_place(place: str, second: bool) -> None:
    """Hard test 6, also as the second caller: no deadlock, and the code after it runs."""
    after: list[str] = []
    entered: list[str] = []

    async def end(*_: Any) -> None:
        if second and not entered:
            entered.append("first")
            first = asyncio.create_task(daemon.shutdown())
            firsts.append(first)
            await steps(1)
        entered.append(place)
        await daemon.shutdown()
        await steps(2)
        after.append(place)

    firsts: list[asyncio.Task[None]] = []

    class Place(DaemonBase):
        async def cleanup(self) -> None:
            if place == "hook":
                await end()
            else:
                await asyncio.sleep(0.001)

        async def initialize(self) -> None:
            if place == "initialize":
                await end()

    daemon = Place("place", bus=EventBus())

    def in_a_task() -> None:
        background.add(asyncio.create_task(end()))

    background: set[asyncio.Task[None]] = set()

    async def scenario() -> None:
        async with asyncio.timeout(1):
            if place == "initialize":
                with pytest.raises(DaemonClosedError):
                    await daemon.start()
                return await check()
            await daemon.start()
            if place == "sync interval":
                daemon.register_interval("i", in_a_task, 0.01)
            elif place == "async interval":
                daemon.register_interval("i", end, 0.01)
            elif place == "deferred":
                daemon.defer_initialization(end, 0)
            elif place == "task":
                daemon.register_task(end())
            elif place == "async unsubscribe":
                daemon.register_subscription(end)
                daemon.cleanup_subscriptions()
            elif place == "done callback":
                daemon.register_task(asyncio.sleep(0)).add_done_callback(lambda _: in_a_task())
            elif place == "on_error":
                daemon.register_interval("i", lambda: 1 / 0, 0.01, on_error=end)
            elif place == "hook":
                background.add(asyncio.create_task(daemon.shutdown()))
            elif place == "handler":
                daemon.subscribe("e", end)
                await daemon.bus.emit("e")
            else:
                daemon.on_daemon_ready("place", end)
            await asyncio.sleep(0.05)
            await check()

    async def check() -> None:
        await asyncio.sleep(0.05)
        assert after == [place] * len(after) and after
        assert daemon.stats()["state"] == "stopped"
        assert loop().time() < 0.5, "it waited for a timeout"
        assert left()["tasks"] == 0

    run(scenario())


def test_p06_fifty_callers_some_cancelled() -> None:
    """Hard test 7: the hook runs once, and none returns before the end."""

    class Slow(DaemonBase):
        hooks = 0

        async def cleanup(self) -> None:
            self.hooks += 1
            await asyncio.sleep(1)

    async def scenario(seed: int) -> None:
        rng = random.Random(seed)
        daemon = Slow("slow", bus=EventBus())
        await daemon.start()
        daemon.register_task(asyncio.sleep(60))
        ends: list[float] = []

        async def call() -> None:
            await daemon.shutdown()
            assert daemon.stats()["state"] == "stopped"
            ends.append(loop().time())

        callers = [asyncio.create_task(call()) for _ in range(50)]
        cancelled = set(rng.sample(range(1, 50), 20))
        for number in cancelled:
            await asyncio.sleep(0.02)
            callers[number].cancel()
        await asyncio.wait(callers)
        assert {n for n, task in enumerate(callers) if task.cancelled()} == cancelled
        assert ends == [1.0] * 30
        assert daemon.hooks == 1

    for seed in range(5):
        run(scenario(seed))


@pytest.mark.parametrize("seconds", [0.0, 0.01])
def test_p05_a_timeout_around_the_shutdown(seconds: float) -> None:
    """Hard test 8: it is a TimeoutError, and all is released."""

    async def ten_seconds(daemon: Loaded) -> None:
        await asyncio.sleep(10)

    async def scenario() -> None:
        daemon = await started(ten_seconds, 3, False)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                await daemon.shutdown()
        task = asyncio.current_task()
        assert task is not None and task.cancelling() == 0
        assert_nothing_left(daemon)
        assert loop().time() < 1

    run(scenario())


def test_p08_a_callback_that_swallows_its_cancellation_for_ever(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Hard test 13."""

    async def scenario() -> None:
        daemon = DaemonBase("deaf", bus=EventBus())
        stop: list[int] = []

        async def deaf() -> None:
            while not stop:
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.sleep(3600)

        daemon.register_interval("hears nothing", deaf, 1)
        await asyncio.sleep(1.5)
        await daemon.shutdown(join_timeout=2)
        assert loop().time() == 3.5
        stop.append(1)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await steps(2)
        assert daemon.stats()["tasks"] == 0

    with caplog.at_level(logging.ERROR):
        run(scenario())
    (record,) = caplog.records
    assert fields(record, "handle") == ("deaf:hears nothing",)
    assert "in test_p08_a_callback_that_swallows" in record.getMessage()


def test_p10_a_thousand_rounds_leave_nothing() -> None:
    """Hard test 15: tasks, timers, and no more than 1 KiB of memory."""

    async def round_() -> None:
        daemon = await started(hook_returns, 3, False)
        await daemon.bus.emit("event")
        await daemon.shutdown()
        assert left() == NOTHING

    async def scenario() -> None:
        async def size() -> int:
            await asyncio.sleep(100)  # the loop drops cancelled timers when they would be due
            gc.collect()
            return tracemalloc.get_traced_memory()[0]

        tracemalloc.start()
        try:
            for _ in range(50):  # caches, free lists, tracemalloc's own tables
                await round_()
            before = await size()
            for _ in range(1000):
                await round_()
            grown = await size() - before
        finally:
            tracemalloc.stop()
        assert grown <= 1024, f"grown by {grown} bytes"

    run(scenario())
