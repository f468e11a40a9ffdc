"""The hook is bounded: time-outs, deaf hooks, inner time-outs, foreign awaitables (P1, P2, P8)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import pytest

from daemonbase import DaemonBase, EventBus
from runtime_clock import VirtualLoop, left, loop, run, steps
from runtime_untyped import untyped

NOTHING = {"timers": 0, "tasks": 0}


class Hooked(DaemonBase):
    """Runs a hook, and writes down that it was released."""

    def __init__(self, hook: Callable[[], object]) -> None:
        super().__init__("hooked", bus=EventBus())
        self.hook = hook
        self.released = False

    async def initialize(self) -> None:
        self.register_pair(setattr, self, "released", True)

    def cleanup(self) -> Any:
        return self.hook()


async def ended(daemon: Hooked, **timeouts: float) -> tuple[BaseException | None, float]:
    """What shutdown raised, and how long it took."""
    await daemon.start()
    began = loop().time()
    raised: BaseException | None = None
    try:
        await daemon.shutdown(**timeouts)
    except BaseException as error:
        raised = error
    assert daemon.released
    task = asyncio.current_task()
    assert task is not None and task.cancelling() == 0
    return raised, loop().time() - began


def test_p02_the_hook_is_cancelled_after_its_time() -> None:
    async def hang() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            told.append(loop().time())

    told: list[float] = []

    async def scenario() -> None:
        raised, took = await ended(Hooked(hang))
        assert isinstance(raised, TimeoutError)
        assert str(raised) == "cleanup() of hooked took longer than 10 s"
        assert (took, told) == (10, [10])
        raised, took = await ended(Hooked(hang), cleanup_timeout=3)
        assert isinstance(raised, TimeoutError) and took == 3

        class Quick(Hooked):
            cleanup_timeout = 0.5

        raised, took = await ended(Quick(hang))
        assert isinstance(raised, TimeoutError) and took == 0.5
        raised, took = await ended(Hooked(hang), cleanup_timeout=0)
        assert isinstance(raised, TimeoutError) and took == 0
        assert left() == NOTHING

    run(scenario())


def test_p02_a_hook_that_fails_over_its_cancellation_keeps_its_error() -> None:
    async def fail() -> None:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            raise ValueError("no") from None

    async def scenario() -> None:
        raised, _ = await ended(Hooked(fail))
        assert isinstance(raised, TimeoutError)
        assert isinstance(raised.__cause__, ValueError)

    run(scenario())


def test_p02_a_deaf_hook_is_abandoned() -> None:
    stop: list[bool] = []

    async def deaf() -> None:
        while not stop:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(3600)

    async def deaf_in_steps() -> None:
        while not stop:
            try:
                await asyncio.sleep(0)
                loop().advance(0.1)
            except asyncio.CancelledError:
                pass

    async def scenario() -> None:
        raised, took = await ended(Hooked(deaf), cleanup_timeout=2, join_timeout=1)
        assert str(raised) == (
            "cleanup() of hooked took longer than 2 s and ignored its cancellation"
        )
        assert took == 3
        raised, took = await ended(Hooked(deaf_in_steps), cleanup_timeout=2, join_timeout=1)
        assert isinstance(raised, TimeoutError)
        assert 3 <= took < 3.5
        stop.append(True)

    run(scenario())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_p02_a_hook_that_will_not_even_be_closed() -> None:
    class Stubborn:
        """An awaitable that goes on when it is closed."""

        def __await__(self) -> Generator[Any, Any, None]:
            while not stop:
                try:
                    yield None
                    loop().advance(0.1)
                except BaseException:
                    continue

    stop: list[bool] = []

    async def scenario() -> None:
        raised, _ = await ended(Hooked(Stubborn), cleanup_timeout=1, join_timeout=1)
        assert isinstance(raised, TimeoutError)
        assert isinstance(raised.__cause__, RuntimeError)  # coroutine ignored GeneratorExit
        stop.append(True)

    run(scenario())


def test_p02_a_hook_that_waits_for_a_deaf_task_is_abandoned() -> None:
    """A plain cancel would wait for the task, and `asyncio.timeout` with it."""
    stop: list[bool] = []

    async def deaf() -> None:
        while not stop:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(3600)

    async def scenario() -> None:
        task = asyncio.create_task(deaf())

        async def wait() -> None:
            await task

        raised, took = await ended(Hooked(wait), cleanup_timeout=2, join_timeout=1)
        assert isinstance(raised, TimeoutError)
        assert took == 3
        stop.append(True)
        task.cancel()
        await asyncio.wait({task})

    run(scenario())


def test_p02_a_cancellation_reaches_what_the_hook_waits_for() -> None:
    async def scenario() -> None:
        inner: list[asyncio.Task[None]] = []

        async def wait() -> None:
            inner.append(asyncio.create_task(asyncio.sleep(3600)))
            await inner[0]

        daemon = Hooked(wait)
        await daemon.start()
        task = asyncio.create_task(daemon.shutdown())
        await steps(3)
        task.cancel("please")
        await asyncio.wait({task})
        assert task.cancelled()
        assert inner[0].cancelled()
        assert daemon.released

    run(scenario())


def test_p02_time_outs_inside_of_the_hook_work() -> None:
    log: list[str] = []

    async def careful() -> None:
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(3600)
        except TimeoutError:
            log.append("timed out")
        try:
            await asyncio.wait_for(asyncio.sleep(3600), 1)
        except TimeoutError:
            log.append("wait_for timed out")
        await asyncio.gather(asyncio.sleep(1), asyncio.sleep(2))
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(1))
        log.append("done")

    async def scenario() -> None:
        raised, took = await ended(Hooked(careful))
        assert raised is None
        assert took == 5
        assert log == ["timed out", "wait_for timed out", "done"]
        assert left() == NOTHING

    run(scenario())


def test_p05_a_hook_that_swallows_the_cancellation_does_not_swallow_ours() -> None:
    async def swallow() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(3600)

    async def convert() -> None:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            raise ValueError("instead") from None

    async def scenario(hook: Callable[[], Awaitable[None]]) -> None:
        daemon = Hooked(hook)
        await daemon.start()
        task = asyncio.create_task(daemon.shutdown())
        await steps(2)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert daemon.released

    run(scenario(swallow))
    run(scenario(convert))


def test_a_shutdown_in_a_finally_of_a_cancelled_task() -> None:
    """The task has been cancelled already; a stray CancelledError is still told from that."""

    async def stray() -> None:
        raise asyncio.CancelledError

    async def fine() -> None:
        await asyncio.sleep(1)

    async def scenario(hook: Callable[[], Awaitable[None]]) -> BaseException | None:
        daemon = Hooked(hook)
        await daemon.start()
        seen: list[BaseException | None] = []

        async def work() -> None:
            try:
                await asyncio.sleep(3600)
            finally:
                try:
                    await daemon.shutdown()
                    seen.append(None)
                except BaseException as error:
                    seen.append(error)

        task = asyncio.create_task(work())
        await steps(2)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()
        assert daemon.released
        return seen[0]

    assert run(scenario(fine)) is None
    assert isinstance(run(scenario(stray)), BaseExceptionGroup)


@pytest.mark.parametrize("kind", ["sync", "future", "custom", "raises at once"])
def test_hooks_of_all_kinds(kind: str) -> None:
    class Custom:
        def __await__(self) -> Generator[Any, Any, None]:
            yield from asyncio.sleep(1).__await__()

    def make() -> object:
        if kind == "sync":
            return None
        if kind == "future":
            future = loop().create_future()
            loop().call_later(1, future.set_result, None)
            return future
        if kind == "custom":
            return Custom()
        raise ValueError("at once")

    async def scenario() -> None:
        raised, took = await ended(Hooked(make))
        assert took == (1 if kind in ("future", "custom") else 0)
        assert isinstance(raised, ValueError) == (kind == "raises at once")

    run(scenario())


@pytest.mark.parametrize("what", ["itself", "not a future"])
def test_a_hook_that_waits_for_what_never_comes(what: str) -> None:
    class Wrong:
        def __await__(self) -> Generator[Any, Any, None]:
            yield "nonsense"

    async def wait() -> None:
        if what == "itself":
            task = asyncio.current_task()
            assert task is not None
            await task
        else:
            await Wrong()

    async def scenario() -> None:
        raised, took = await ended(Hooked(wait))
        assert isinstance(raised, RuntimeError)
        assert "which never comes" in str(raised)
        assert took == 0

    run(scenario())


@pytest.mark.parametrize("when", ["hook", "join"])
def test_a_shutdown_whose_coroutine_is_closed_has_released_all(when: str) -> None:
    """As a loop that is thrown away does it; a later call, on any loop, finds it done."""

    async def hook() -> None:
        if when == "hook":
            await asyncio.sleep(3600)

    async def hold() -> None:
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                if stop:
                    raise

    stop: list[bool] = []
    daemon = Hooked(hook)
    virtual = VirtualLoop()

    async def begin() -> None:
        await daemon.start()
        if when == "join":
            daemon.register_task(hold())
        coroutine = daemon.shutdown()
        await steps(1)
        coroutine.send(None)
        coroutine.close()
        assert daemon.released
        assert daemon.stats()["state"] == "stopped"

    virtual.run_until_complete(begin())
    stop.append(True)
    for task in asyncio.all_tasks(virtual):
        task.cancel()
    virtual.run_until_complete(steps(2))
    virtual.run_until_complete(daemon.shutdown())
    virtual.close()


def test_p10_a_loop_that_is_closed_in_the_middle_is_taken_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hooks: list[int] = []

    async def hang() -> None:
        hooks.append(1)
        await asyncio.sleep(3600)

    daemon = Hooked(hang)
    virtual = VirtualLoop()

    async def begin() -> None:
        await daemon.start()
        daemon.register_task(asyncio.sleep(3600))
        kept.append(asyncio.create_task(daemon.shutdown()))
        await steps(3)

    kept: list[asyncio.Task[None]] = []
    virtual.run_until_complete(begin())
    virtual.close()
    assert daemon.stats()["state"] == "stopping"
    with caplog.at_level(logging.WARNING):
        run(daemon.shutdown())
    assert daemon.released
    assert hooks == [1]
    assert daemon.stats()["state"] == "stopped"
    assert "cannot be cancelled: Event loop is closed" in caplog.text
    untyped(kept[0].get_coro()).close()


def test_p10_a_loop_that_is_closed_before_the_shutdown(caplog: pytest.LogCaptureFixture) -> None:
    released: list[int] = []
    virtual = VirtualLoop()
    daemon = DaemonBase("d", bus=EventBus())

    async def begin() -> None:
        await daemon.start()
        daemon.register_pair(released.append, 1)
        daemon.register_interval("i", print, 1)
        daemon.defer_initialization(print, 1)
        daemon.register_task(asyncio.sleep(3600))
        await steps(2)

    virtual.run_until_complete(begin())
    virtual.close()
    with caplog.at_level(logging.WARNING):
        run(daemon.shutdown())
    assert released == [1]
    stats = daemon.stats()
    assert (stats["intervals"], stats["deferred"]) == ({}, 0)
    assert "its" not in stats
    assert "cannot be cancelled: Event loop is closed" in caplog.text


@pytest.mark.parametrize("name", ["cleanup_timeout", "join_timeout"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), "5", True])
def test_wrong_timeouts_are_refused_before_anything_ends(name: str, value: Any) -> None:
    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        await daemon.start()
        with pytest.raises((TypeError, ValueError), match=name):
            await daemon.shutdown(**{name: value})
        assert daemon.stats()["state"] == "running"
        await daemon.shutdown()

    run(scenario())


def test_a_hook_set_on_the_instance_is_called() -> None:
    async def scenario() -> None:
        calls: list[int] = []
        daemon = DaemonBase("d", bus=EventBus())
        vars(daemon)["cleanup"] = lambda: calls.append(1)
        await daemon.shutdown()
        assert calls == [1]

    run(scenario())
