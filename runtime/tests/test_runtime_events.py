"""P20 and P21 in depth, typed events, prefixes, emit_nowait; hard test 17 (emit storms)."""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
import random
import types
import weakref
from collections.abc import Callable, Generator, Iterator
from typing import Any
from unittest.mock import AsyncMock

import pytest

from daemonbase import SYSTEM_READY, DaemonBase, Event, EventBus, SystemReady
from runtime_clock import loop, run, steps
from runtime_untyped import fields, untyped

CREATED = Event[dict[str, str]]("user:created")


def test_an_event_is_its_name() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[object] = []
        bus.subscribe("user:created", lambda user: calls.append(("by string", user)))
        bus.subscribe(CREATED, lambda user: calls.append(("by event", user)))
        await bus.emit(CREATED, {"name": "Ada"})
        await bus.emit("user:created")
        assert calls == [
            ("by string", {"name": "Ada"}),
            ("by event", {"name": "Ada"}),
            ("by string", None),
            ("by event", None),
        ]
        assert untyped(SYSTEM_READY) == "system:ready"
        ready: list[SystemReady] = []
        bus.subscribe(SYSTEM_READY, ready.append)
        async with DaemonBase("one", bus=bus):
            assert ready == [{"daemon": "one"}]

    run(scenario())


def test_p20_all_kinds_of_handlers_in_order() -> None:
    class Method:
        def __init__(self) -> None:
            self.seen: list[object] = []

        async def on(self, payload: object) -> None:
            calls.append("method")

        def __call__(self, payload: object) -> object:
            calls.append("callable")
            return asyncio.sleep(0)

    calls: list[str] = []

    async def with_word(word: str, payload: object) -> None:
        calls.append(word)

    async def scenario() -> None:
        bus = EventBus()
        mock = AsyncMock(side_effect=lambda payload: calls.append("mock"))
        for handler in (
            Method().on,
            Method(),
            functools.partial(with_word, "partial"),
            lambda payload: with_word("lambda", payload),
            mock,
        ):
            bus.subscribe("e", handler)
        await bus.emit("e", 1)
        assert calls == ["method", "callable", "partial", "lambda", "mock"]
        mock.assert_awaited_once_with(1)

    run(scenario())


def test_p20_bound_methods_are_held_strongly() -> None:
    class Temporary:
        def on(self, payload: object) -> None:
            calls.append(payload)

    calls: list[object] = []
    bus = EventBus()
    temporary = Temporary()
    reference = weakref.ref(temporary)
    end = bus.subscribe("e", temporary.on)
    del temporary
    gc.collect()
    run(_emit(bus, "e", 1))
    assert calls == [1]
    end()
    gc.collect()
    assert reference() is None


async def _emit(bus: EventBus, event: str, payload: object) -> None:
    await bus.emit(event, payload)


def test_p20_unsubscribed_during_emit_is_not_called_nested_or_not() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []
        ends: dict[str, Any] = {}

        async def first(depth: int) -> None:
            calls.append(f"first {depth}")
            if depth < 2:
                await bus.emit("e", depth + 1)
            else:
                ends["second"]()
                ends["third"] = bus.subscribe("e", lambda depth: calls.append(f"third {depth}"))

        ends["first"] = bus.subscribe("e", first)
        ends["second"] = bus.subscribe("e", lambda depth: calls.append(f"second {depth}"))
        await bus.emit("e", 0)
        assert calls == ["first 0", "first 1", "first 2"]
        ends["first"]()
        await bus.emit("e", 9)
        assert calls[3:] == ["third 9"]

    run(scenario())


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("is_async", [False, True])
def test_p21_interrupts_leave_the_emit(error: type[BaseException], is_async: bool) -> None:
    async def scenario() -> None:
        bus = EventBus()

        def fail(payload: object) -> None:
            raise error

        async def fail_async(payload: object) -> None:
            fail(payload)

        bus.subscribe("e", fail_async if is_async else fail)
        with pytest.raises(error):
            await bus.emit("e")

    run(scenario())


def test_p21_a_handler_of_a_daemon_is_logged_by_the_daemon(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("owner", bus=bus)

        def fail(payload: object) -> None:
            raise ValueError("no")

        one.subscribe("e", fail)
        bus.subscribe("e", fail)
        await bus.emit("e")
        one.subscribe("e", lambda payload: asyncio.sleep(0))
        one.subscribe("e", lambda payload: asyncio.sleep(0))
        await bus.emit("e")
        assert one.stats()["errors"] == 2
        await one.shutdown()

    with caplog.at_level(logging.ERROR):
        run(scenario())
    first, second, *_ = caplog.records
    assert first.name == "daemonbase.owner"
    assert fields(first, "daemon", "kind", "handle") == ("owner", "handler", "e")
    assert second.name == "daemonbase.events"
    assert fields(second, "kind", "handle") == ("handler", "e")


def test_emit_nowait_runs_up_to_the_first_wait_and_holds_the_rest() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []

        async def wait(payload: object) -> None:
            calls.append("async begins")
            await asyncio.sleep(1)
            calls.append("async ends")

        bus.subscribe("e", lambda payload: calls.append("first"))
        bus.subscribe("e", wait)
        second = bus.subscribe("e", lambda payload: calls.append("second"))
        bus.subscribe("e", lambda payload: calls.append("third"))
        task = bus.emit_nowait("e")
        assert task is not None
        assert calls[0] == "first" and "async ends" not in calls
        gc.collect()
        bus.subscribe("e", lambda payload: calls.append("too late"))
        second()
        await task
        assert calls == ["first", "async begins", "async ends", "third"]
        assert bus._finishing == set()

    run(scenario())


def test_emit_nowait_without_async_handlers_needs_no_loop() -> None:
    bus = EventBus()
    calls: list[object] = []
    bus.subscribe("e", calls.append)
    ended = bus.subscribe("e", calls.append)
    bus.subscribe("e", lambda payload: ended())
    bus.subscribe("e", lambda payload: 1 / 0)
    bus.subscribe("e", lambda payload: 3)
    assert bus.emit_nowait("e", 1) is None
    assert bus.emit_nowait("nobody", 1) is None
    assert calls == [1, 1]
    assert bus.emit_nowait("e", 2) is None
    assert calls == [1, 1, 2]
    bus.subscribe("e", AsyncMock())
    with pytest.raises(RuntimeError, match=r"emit_nowait\('e'\) has async handlers"):
        bus.emit_nowait("e", 3)


def test_emit_nowait_logs_failures_and_joins_with_the_daemon(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("owner", bus=bus)
        ends: list[float] = []

        async def slow(payload: object) -> None:
            await asyncio.sleep(2)
            ends.append(loop().time())

        async def fail(payload: object) -> None:
            raise ValueError("late")

        async def stray(payload: object) -> None:
            raise asyncio.CancelledError

        for handler in (slow, fail, stray):
            one.subscribe("e", handler)
        bus.subscribe("e", fail)
        task = bus.emit_nowait("e")
        await steps(2)
        assert one.stats()["handlers_running"] == 1
        await one.shutdown()
        assert ends == [2]  # the handler in flight was waited for
        assert task is not None
        await task

    with caplog.at_level(logging.ERROR):
        run(scenario())
    # The later handlers of the daemon were unsubscribed by its shutdown; the bus's own ran.
    assert [record.name for record in caplog.records] == ["daemonbase.events"]


@pytest.mark.parametrize("owned", [False, True])
def test_what_handlers_return_is_awaited_or_ignored(
    owned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A TypeError of a handler's own is an error, one of awaiting what cannot be is none."""

    class Wrong:
        def __await__(self) -> Any:
            return 3

    def generator() -> Iterator[None]:
        yield

    @types.coroutine
    def old() -> Generator[None, None, None]:
        yield
        ran.append("old")

    async def fail() -> None:
        await asyncio.sleep(0)
        raise TypeError("of the handler")

    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("owner", bus=bus)

        def listen(result: Callable[[], object]) -> None:
            end = bus.subscribe("e", lambda payload: result())
            if owned:
                one.register_subscription(end)

        listen(lambda: 3)
        for result in (generator, old, fail, Wrong):
            listen(result)
        bus.subscribe("e", lambda payload: ran.append("last"))
        await bus.emit("e")
        assert ran == ["old", "last"]
        bus.subscribe("sync", generator_handler)
        assert bus.emit_nowait("sync") is None
        await one.shutdown()

    def generator_handler(payload: object) -> Iterator[None]:
        yield

    ran: list[str] = []
    with caplog.at_level(logging.ERROR):
        run(scenario())
    errors = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert [(type(error), str(error)) for error in errors] == [
        (TypeError, "a handler must not be a generator function: nothing of it has run"),
        (TypeError, "of the handler"),
        (TypeError, "__await__() returned non-iterator of type 'int'"),
        (TypeError, "a handler must not be a generator function: nothing of it has run"),
    ]


def test_emit_nowait_cancelled_before_it_went_on(recwarn: pytest.WarningsRecorder) -> None:
    async def scenario() -> None:
        loop().set_task_factory(lambda running, coro, **o: asyncio.Task(coro, loop=running, **o))
        bus = EventBus()
        ran: list[int] = []

        async def handler(payload: object) -> None:
            ran.append(1)

        bus.subscribe("e", handler)
        task = bus.emit_nowait("e")
        assert task is not None
        task.cancel()
        await steps(3)
        assert task.cancelled() and ran == []
        gc.collect()

    run(scenario())
    assert [str(warning.message) for warning in recwarn] == []


def test_prefix_handlers_take_part_in_order_and_get_the_name() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[object] = []

        async def on_any(event: str, payload: object) -> None:
            calls.append((event, payload))

        bus.subscribe("user:created", lambda payload: calls.append("before"))
        with bus.subscribe_prefix("user:", on_any) as prefix:
            assert prefix.event == "user:*"
            bus.subscribe("user:created", lambda payload: calls.append("after"))
            bus.subscribe("user:deleted", lambda payload: calls.append("deleted"))
            bus.subscribe("other", lambda payload: calls.append("other"))
            for event in ("user:created", "user:deleted", "user:unheard of", "other"):
                await bus.emit(event, 1)
        assert calls == [
            "before",
            ("user:created", 1),
            "after",
            ("user:deleted", 1),
            "deleted",
            ("user:unheard of", 1),
            "other",
        ]
        assert not prefix.active and prefix.event == ""
        prefix()
        calls.clear()
        await bus.emit("user:created", 2)
        await bus.emit("user:unheard of", 2)
        assert calls == ["before", "after"]
        assert "user:unheard of" not in bus._channels  # events only emitted do not pile up
        bus.subscribe_prefix("", on_any)
        assert len(bus._prefixes) == 1
        await bus.emit("anything", 3)
        assert calls[-1] == ("anything", 3)
        for wrong in (None, 3):
            with pytest.raises(TypeError, match="prefix must be"):
                bus.subscribe_prefix(untyped(wrong), print)
        with pytest.raises(TypeError, match="callable"):
            bus.subscribe_prefix("user:", untyped(None))

    run(scenario())


def test_a_prefix_handler_that_ends_itself_is_not_called_again() -> None:
    async def scenario() -> None:
        bus = EventBus()
        calls: list[str] = []

        def first(event: str, payload: object) -> None:
            calls.append(event)
            second()

        bus.subscribe_prefix("e", first)
        second = bus.subscribe_prefix("e", lambda event, payload: calls.append("second"))
        await bus.emit("e1")  # heard by nobody else: the receivers are made for this emit
        assert calls == ["e1"]

    run(scenario())


def test_prefix_handlers_of_a_daemon_end_with_it() -> None:
    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("d", bus=bus)
        ends: list[float] = []

        async def slow(event: str, payload: object) -> None:
            await asyncio.sleep(1)
            ends.append(loop().time())

        bus.subscribe("e1", lambda payload: None)
        one.register_subscription(bus.subscribe_prefix("e", slow))
        for event in ("e1", "e2"):
            bus.emit_nowait(event)
        await steps(2)
        await one.shutdown()
        assert ends == [1, 1]
        await bus.emit("e1")
        await bus.emit("e2")
        assert ends == [1, 1]

    run(scenario())


@pytest.mark.parametrize(("event", "error"), [(None, TypeError), (3, TypeError), ("", ValueError)])
def test_wrong_events_are_refused(event: Any, error: type[Exception]) -> None:
    async def scenario() -> None:
        bus = EventBus()
        with pytest.raises(error, match="the event must"):
            bus.subscribe(event, print)
        with pytest.raises(error, match="the event must"):
            await bus.emit(event)
        with pytest.raises(error, match="the event must"):
            DaemonBase("d", bus=bus).subscribe(event, print)

    run(scenario())


def test_a_subscription_shows_what_it_is() -> None:
    bus = EventBus()
    handle = bus.subscribe("e", print)
    assert repr(handle) == "<Subscription to 'e': <built-in function print>>"
    assert handle.event == "e"
    handle()
    assert repr(handle) == "<Subscription ended>"
    assert handle.event == ""


class _Model:
    """Hard test 17: what an emit must call, kept by hand."""

    def __init__(self) -> None:
        self.live: list[int] = []

    def snapshot(self) -> list[int]:
        return list(self.live)


@pytest.mark.parametrize("seed", range(25))
def test_emit_storms_against_a_model(seed: int) -> None:
    """A tree of handlers that subscribes, unsubscribes and emits at random, nested."""
    rng = random.Random(seed)
    model = _Model()
    bus = EventBus()
    handles: dict[int, Any] = {}
    calls: list[tuple[int, int]] = []
    violations: list[int] = []  # an exception here would only be logged
    emits = 0
    numbers = iter(range(10_000))

    def add() -> None:
        number = next(numbers)
        model.live.append(number)
        kind = rng.choice([sync_handler, async_handler])
        handles[number] = bus.subscribe("e", functools.partial(kind, number))

    def remove() -> None:
        if model.live:
            number = rng.choice(model.live)
            model.live.remove(number)
            handles.pop(number)()

    def act() -> None:
        for _ in range(rng.randrange(3)):
            rng.choice([add, remove])()

    def sync_handler(number: int, emit: int) -> None:
        calls.append((emit, number))
        violations.extend({number} - set(model.live))
        act()

    async def async_handler(number: int, emit: int) -> None:
        calls.append((emit, number))
        violations.extend({number} - set(model.live))
        act()
        if rng.random() < 0.3:
            await storm()
        await asyncio.sleep(0)

    async def storm() -> None:
        nonlocal emits
        if emits >= 60:
            return
        emits += 1
        emit = emits
        before = model.snapshot()
        await bus.emit("e", emit)
        called = [number for at, number in calls if at == emit]
        assert called == sorted(called), "order of registration"
        assert len(called) == len(set(called)), "at most once"
        assert set(called) <= set(before), "not those subscribed meanwhile"
        survivors = [number for number in before if number in model.live]
        assert set(survivors) <= set(called), "all that were there throughout"

    async def scenario() -> None:
        for _ in range(8):
            add()
        for _ in range(6):
            await storm()

    run(scenario())
    assert emits >= 6
    assert violations == []
    assert len(bus.handlers()) == len(model.live)


def test_p20_the_receivers_of_emit_nowait_are_those_of_its_begin() -> None:
    bus = EventBus()
    calls: list[str] = []

    def first(_: object) -> None:
        calls.append("first")
        bus.subscribe("e", lambda _: calls.append("added"))
        second()

    bus.subscribe("e", first)
    second = bus.subscribe("e", lambda _: calls.append("second"))
    bus.subscribe("e", lambda _: calls.append("third"))
    assert bus.emit_nowait("e") is None
    assert calls == ["first", "third"]
