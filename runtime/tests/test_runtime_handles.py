"""P3, P12 to P14: every kind of handle, registered, released early, handed over too late."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from typing import Any

import pytest

from daemonbase import DaemonBase, DaemonClosedError, EventBus
from runtime_clock import left, run
from runtime_untyped import fields, untyped


def daemon(name: str = "d") -> DaemonBase:
    return DaemonBase(name, bus=EventBus())


class Thing:
    """An object with some release methods, which write down that they were called."""

    def __init__(self, *names: str, result: Callable[[], object] = lambda: None) -> None:
        self.calls: list[str] = []
        for name in names:
            setattr(self, name, functools.partial(self._call, name, result))

    def _call(self, name: str, result: Callable[[], object]) -> object:
        self.calls.append(name)
        return result()


@pytest.mark.parametrize("name", ["unsubscribe", "dispose", "cancel", "close"])
def test_objects_are_released_by_their_method(name: str) -> None:
    async def scenario() -> None:
        one, thing = daemon(), Thing(name)
        assert one.register_subscription(untyped(thing)) is thing
        await one.shutdown()
        assert thing.calls == [name]

    run(scenario())


def test_the_first_of_several_methods_counts_and_calling_before_all() -> None:
    class Callable_(Thing):
        def __call__(self) -> None:
            self.calls.append("called")

    async def scenario() -> None:
        one = daemon()
        several = one.register_subscription(untyped(Thing("close", "cancel", "unsubscribe")))
        callable_ = one.register_subscription(Callable_("close"))
        await one.shutdown()
        assert several.calls == ["unsubscribe"]
        assert callable_.calls == ["called"]

    run(scenario())


def test_timer_handles_futures_and_tasks_are_handles() -> None:
    async def scenario() -> None:
        one = daemon()
        loop = asyncio.get_running_loop()
        timer = one.register_subscription(loop.call_later(60, print))
        future = one.register_subscription(loop.create_future())
        task = one.register_subscription(asyncio.create_task(asyncio.sleep(60)))
        await one.shutdown()
        await asyncio.sleep(0)
        assert timer.cancelled() and future.cancelled() and task.cancelled()

    run(scenario())


@pytest.mark.parametrize("wrong", [None, 3, "x", object(), Thing, [print]])
def test_p13_what_is_no_handle_is_refused_at_once(wrong: Any) -> None:
    one = daemon()
    with pytest.raises(TypeError, match="a handle must be"):
        one.register_subscription(wrong)
    assert one.stats()["subscriptions"] == 0


def test_p13_a_coroutine_is_no_handle() -> None:
    async def connect() -> Callable[[], None]:
        return print

    coroutine = connect()
    with pytest.raises(TypeError, match="await it and register its result"):
        daemon().register_subscription(untyped(coroutine))
    assert untyped(coroutine).cr_frame is None  # closed: no warning that it was never awaited


def test_p03_every_unsubscribe_runs_once_though_the_async_ones_take_time() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[str] = []

        async def release(name: str, seconds: float) -> None:
            calls.append(f"{name} begins")
            await asyncio.sleep(seconds)
            calls.append(f"{name} ends")

        one.register_subscription(lambda: release("slow", 2))
        thing = Thing("close", result=lambda: release("object", 0))
        one.register_subscription(untyped(thing))
        one.register_pair(release, "pair", seconds=1)
        one.register_subscription(lambda: calls.append("sync"))
        await one.shutdown()
        assert calls[0] == "sync"
        assert [call for call in calls if "begins" in call] == [
            "pair begins",
            "object begins",
            "slow begins",
        ]
        assert [call for call in calls if "ends" in call] == [
            "object ends",
            "pair ends",
            "slow ends",
        ]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_p04_async_unsubscribes_fail_like_the_others(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        one = daemon("failing")

        async def fail(number: int) -> None:
            await asyncio.sleep(number)
            raise ValueError(number)

        one.register_pair(fail, 1)
        one.register_pair(fail, 2)
        with pytest.raises(ExceptionGroup) as caught:
            await one.shutdown()
        assert [error.args for error in caught.value.exceptions] == [(1,), (2,)]

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert [fields(record, "daemon", "kind") for record in caplog.records] == [
        ("failing", "unsubscribe")
    ] * 2


def test_p08_async_unsubscribes_are_bounded(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        one = daemon()
        loop = asyncio.get_running_loop()
        stop: list[bool] = []

        async def hang() -> None:
            await asyncio.sleep(3600)

        async def deaf() -> None:
            while not stop:
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    continue

        one.register_subscription(hang)
        await one.shutdown(join_timeout=3)
        assert loop.time() == 3
        assert left() == {"timers": 0, "tasks": 0}

        two = daemon("two")
        two.register_subscription(deaf)
        await two.shutdown(join_timeout=3)
        assert loop.time() == 3 + 3 + 1  # told to end after 3 s, left behind after one more
        stop.append(True)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert "of two has not ended within 3 s and is left behind" in caplog.text
    assert "in test_p08_async_unsubscribes_are_bounded.<locals>.scenario.<locals>.deaf" in (
        caplog.text
    )


def test_register_pair_undoes_once_early_or_at_the_end() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[tuple[object, ...]] = []

        def off(*args: object, **kwargs: object) -> str:
            calls.append((*args, *kwargs.values()))
            return "undone"

        early = one.register_pair(off, "early", 1)
        with one.register_pair(off, "with", key=2) as inside:
            assert inside.active
        one.register_pair(off, "end")
        assert repr(early).startswith("<Registration of <function")
        assert early() == "undone"
        assert early() is None
        assert not early.active
        assert repr(early) == "<Registration released>"
        assert calls == [("with", 2), ("early", 1)]
        await one.shutdown()
        assert calls == [("with", 2), ("early", 1), ("end",)]
        with pytest.raises(DaemonClosedError):
            one.register_pair(off, "late")
        assert calls[-1] == ("late",)
        with pytest.raises(TypeError, match="callable"):
            one.register_pair(untyped(None))

    run(scenario())


def test_unregister_releases_now_and_only_once() -> None:
    async def scenario() -> None:
        one = daemon()
        calls: list[str] = []

        def plain() -> None:
            calls.append("plain")

        async def later() -> None:
            await asyncio.sleep(0)
            calls.append("later")

        thing = Thing("dispose")
        one.register_subscription(plain)
        one.register_subscription(plain)
        one.register_subscription(untyped(thing))
        one.register_subscription(later)
        handle = one.subscribe("e", print)
        assert one.unregister_subscription(plain)
        assert calls == ["plain"]
        assert one.unregister_subscription(thing)
        assert not one.unregister_subscription(thing)
        assert one.unregister_subscription(handle)
        assert one.unregister_subscription(later)
        await asyncio.sleep(1)
        assert calls == ["plain", "later"]
        assert one.stats()["subscriptions"] == 1
        assert one.bus.handlers() == []
        await one.shutdown()
        assert calls == ["plain", "later", "plain"]
        assert thing.calls == ["dispose"]

    run(scenario())


def test_ended_subscriptions_do_not_pile_up() -> None:
    one = daemon()
    kept = [one.subscribe("e", print) for _ in range(5)]
    for _ in range(1000):
        first, second = one.subscribe("e", print), one.subscribe("f", print)
        pair = one.register_pair(print)
        waiter = one.on_daemon_ready("other", print)
        for handle in (first, second, pair, waiter):
            handle()
    assert one.stats()["subscriptions"] == 5
    assert len(one._daemon_state.subscriptions) < 100
    assert len(one.bus.handlers()) == 5
    assert sum(len(channel.subscriptions) for channel in one.bus._channels.values()) < 20
    kept[2]()
    assert one.stats()["subscriptions"] == 4


@pytest.mark.parametrize("wrap", [False, True], ids=["object", "callable"])
def test_subscriptions_of_a_bus_are_taken_over(wrap: bool) -> None:
    async def scenario() -> None:
        one = daemon()
        handle = one.bus.subscribe("e", print)
        one.register_subscription(handle if not wrap else lambda: handle())
        prefix = one.bus.subscribe_prefix("user:", print)
        one.register_subscription(prefix)
        one.register_subscription(prefix)
        ended = one.bus.subscribe("e", print)
        ended()
        one.register_subscription(ended)
        assert len(one.bus.handlers()) == 1
        await one.shutdown()
        assert one.bus.handlers() == []
        assert not handle.active and not prefix.active

    run(scenario())


def test_a_bus_that_gives_other_handles() -> None:
    class Counting(EventBus):
        def subscribe(self, event: Any, handler: Any) -> Any:
            end = super().subscribe(event, handler)
            return lambda: end()

    async def scenario() -> None:
        one = DaemonBase("d", bus=Counting())
        early = one.subscribe("e", print)
        one.subscribe("e", print)
        waiter = one.on_daemon_ready("other", print)
        assert len(one.bus.handlers()) == 3
        early()
        waiter()
        early()
        assert len(one.bus.handlers()) == 1
        await one.shutdown()
        assert one.bus.handlers() == []

    run(scenario())


def test_p12_what_is_handed_over_too_late_is_released_first(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        one = daemon("closed")
        await one.shutdown()
        thing = Thing("close")
        with pytest.raises(DaemonClosedError, match="closed has shut down; a subscription"):
            one.register_subscription(untyped(thing))
        assert thing.calls == ["close"]

        def fail() -> None:
            raise ValueError("cannot")

        with pytest.raises(DaemonClosedError) as caught:
            one.register_subscription(fail)
        assert isinstance(caught.value.__cause__, ValueError)

        released: list[int] = []

        async def later() -> None:
            await asyncio.sleep(0)
            released.append(1)

        with pytest.raises(DaemonClosedError):
            one.register_subscription(later)
        await asyncio.sleep(1)
        assert released == [1]
        task = asyncio.create_task(asyncio.sleep(60))
        with pytest.raises(DaemonClosedError):
            one.register_task(task)
        await asyncio.wait({task})
        assert task.cancelled()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert [fields(record, "kind") for record in caplog.records] == [("late unsubscribe",)]


def test_async_releases_without_a_loop_are_logged_as_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def release() -> None: ...

    one = daemon()
    one.register_subscription(release)
    with caplog.at_level(logging.ERROR):
        one.cleanup_subscriptions()
    assert "no running event loop" in caplog.text
    run(one.shutdown())
    with pytest.raises(DaemonClosedError):
        one.register_subscription(release)


def test_what_needs_a_loop_says_so_in_one_sentence() -> None:
    one = daemon()
    coroutine = asyncio.sleep(1)
    for register, name in (
        (lambda: one.register_interval("i", print, 1), "register_interval"),
        (lambda: one.defer_initialization(print), "defer_initialization"),
        (lambda: one.register_task(coroutine), "register_task"),
    ):
        with pytest.raises(RuntimeError, match=rf"^{name}\(\) needs a running event loop; call"):
            register()
    assert untyped(coroutine).cr_frame is None
