"""Faults that a review has found: each test fails without its fix."""

from __future__ import annotations

import asyncio
import functools
import gc
import io
import pickle
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import anyio
import pytest

from daemonbase import (
    DaemonBase,
    DaemonClosedError,
    EventBus,
    LiveHandle,
    Supervisor,
    report_on_signal,
)
from daemonbase.holdings import Holdings
from daemonbase.intervals import next_tick
from runtime_clock import make_eager, run

pytest_plugins = ["pytester"]


def make(name: str = "d") -> DaemonBase:
    return DaemonBase(name, bus=EventBus())


@pytest.mark.skipif(sys.version_info < (3, 12), reason="tasks are not eager")
@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_p03_an_async_unsubscribe_that_exits_at_once_stops_no_other(
    kind: type[BaseException],
) -> None:
    released: list[int] = []

    async def scenario() -> None:
        daemon = make()
        daemon.register_subscription(lambda: released.append(1))
        task = daemon.register_task(asyncio.sleep(9))

        async def leave() -> None:
            raise kind

        daemon.register_subscription(leave)
        with pytest.raises(kind):
            await daemon.shutdown()
        assert task.cancelled()

    asyncio.run(scenario())
    assert released == [1]


@pytest.mark.parametrize("told", [False, True])
def test_p03_an_exit_out_of_a_task_s_first_step_stops_no_other(
    told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same on Python 3.11, where no task is eager: as if one were."""
    released: list[int] = []
    error = SystemExit()

    def finish(
        holdings: Holdings, result: Any, kind: str, name: str, place: object, done: Any
    ) -> None:
        result.close()
        if told:
            done(error)
        raise error

    async def scenario() -> None:
        daemon = make()
        daemon.register_subscription(lambda: released.append(1))
        daemon.register_subscription(lambda: asyncio.sleep(0))
        monkeypatch.setattr(Holdings, "finish", finish)
        with pytest.raises(SystemExit):
            await daemon.shutdown()
        assert daemon.stats()["errors"] == 1

    asyncio.run(scenario())
    assert released == [1]


@pytest.mark.parametrize("from_inside", [False, True])
def test_p03_subscriptions_end_in_any_order(from_inside: bool) -> None:
    async def scenario() -> None:
        daemon = make()
        bus = daemon.bus
        if from_inside:
            own = [daemon.subscribe("e", print) for _ in range(3)]
            daemon.register_subscription(lambda: [end() for end in own])
        else:
            for end in reversed([bus.subscribe("e", print) for _ in range(3)]):
                daemon.register_subscription(end)
        await daemon.shutdown()
        assert bus.handlers() == []

    asyncio.run(scenario())


@pytest.mark.parametrize("all_of_them", [False, True])
def test_p03_an_async_unsubscribe_begun_by_the_hook_is_not_cut(all_of_them: bool) -> None:
    log: list[str] = []

    async def unsubscribe() -> None:
        log.append("begin")
        await asyncio.sleep(0.01)
        log.append("end")

    class Own(DaemonBase):
        async def cleanup(self) -> None:
            if all_of_them:
                self.cleanup_subscriptions()
            else:
                self.unregister_subscription(unsubscribe)

    async def scenario() -> None:
        async with Own(bus=EventBus()) as daemon:
            daemon.register_subscription(unsubscribe)

    asyncio.run(scenario())
    assert log == ["begin", "end"]


@pytest.mark.parametrize("how", ["shutdown", "unsubscribe"])
@pytest.mark.parametrize("prefix", [False, True])
def test_p09_p20_no_handler_begins_after_its_end(how: str, prefix: bool) -> None:
    ran: list[int] = []

    async def scenario() -> None:
        daemon = make()

        async def handler(*_: object) -> None:
            ran.append(1)

        if prefix:
            end: LiveHandle = daemon.bus.subscribe_prefix("e", handler)
            daemon.register_subscription(end)
        else:
            end = daemon.subscribe("e", handler)
        task = daemon.bus.emit_nowait("e")
        assert task is not None
        if how == "shutdown":
            await daemon.shutdown()
        else:
            end()
        await task
        await daemon.shutdown()

    asyncio.run(scenario())
    assert ran == []


def test_p05_anyio_knows_its_cancellation_again() -> None:
    class Hanging(DaemonBase):
        async def cleanup(self) -> None:
            await asyncio.sleep(9)

    async def scenario() -> None:
        daemon = Hanging(bus=EventBus())
        await daemon.start()
        with anyio.move_on_after(0.01) as scope:
            await daemon.shutdown()
        assert scope.cancelled_caught

    anyio.run(scenario)


def test_p06_a_stray_cancellation_of_the_hook_after_a_timeout_in_it() -> None:
    class Own(DaemonBase):
        async def cleanup(self) -> None:
            try:
                async with asyncio.timeout(0):
                    await asyncio.sleep(1)
            except TimeoutError:
                pass
            raise asyncio.CancelledError

    async def scenario() -> None:
        task = asyncio.create_task(Own(bus=EventBus()).shutdown())
        await asyncio.wait({task})
        assert not task.cancelled()
        assert isinstance(task.exception(), BaseExceptionGroup)

    asyncio.run(scenario())


def fail() -> None:
    raise ValueError("first")


def stray() -> None:
    raise asyncio.CancelledError


def test_p04_the_group_can_be_shown_and_pickled() -> None:
    async def scenario() -> None:
        daemon = make()
        daemon.register_subscription(fail)
        daemon.register_subscription(fail)
        with pytest.raises(ExceptionGroup) as caught:
            await daemon.shutdown()
        assert "first" in repr(caught.value)
        assert len(pickle.loads(pickle.dumps(caught.value)).exceptions) == 2

    asyncio.run(scenario())


def test_p04_the_body_s_error_outweighs_a_stray_cancellation() -> None:
    async def scenario() -> None:
        with pytest.raises(KeyError):
            async with make() as daemon:
                daemon.register_subscription(stray)
                raise KeyError
        one, two = make("one"), make("two")
        one.register_subscription(stray)
        two.register_subscription(fail)
        with pytest.raises(KeyError):
            async with Supervisor(one, two):
                raise KeyError
        one, two = make("one"), make("two")
        one.register_subscription(stray)
        two.register_subscription(fail)
        with pytest.raises(BaseExceptionGroup) as caught:
            async with Supervisor(one, two):
                pass
        assert len(caught.value.exceptions) == 2

    asyncio.run(scenario())


def test_p04_errors_of_a_nested_cleanup_are_raised() -> None:
    async def scenario() -> None:
        daemon = make()
        daemon.register_subscription(fail)
        daemon.register_subscription(daemon.cleanup_subscriptions)
        with pytest.raises(ValueError, match="first"):
            await daemon.shutdown()

    asyncio.run(scenario())


@pytest.mark.parametrize("place", ["gather", "handler", "interval"])
def test_p07_in_a_task_that_the_caller_awaits(place: str) -> None:
    log: list[str] = []

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        daemon = make()
        await daemon.start()
        began = loop.time()

        async def end() -> None:
            await daemon.shutdown(join_timeout=0.5)
            log.append("on")

        async def own() -> None:
            await asyncio.gather(daemon.shutdown(join_timeout=0.5), asyncio.sleep(0))
            log.append("on")

        if place == "gather":
            await asyncio.wait({daemon.register_task(own())})
        elif place == "handler":
            daemon.subscribe("e", lambda _: asyncio.create_task(end()))
            await daemon.bus.emit("e")
        else:
            daemon.register_interval("i", lambda: asyncio.create_task(end()), 0.01)
            while not log and loop.time() < began + 1:
                await asyncio.sleep(0.01)
        assert loop.time() < began + 0.3

    asyncio.run(scenario())
    assert log == ["on"]


def test_p09_a_task_that_no_longer_waits_for_the_shutdown_is_cancelled() -> None:
    class Hook(DaemonBase):
        async def cleanup(self) -> None:
            await asyncio.sleep(0.02)

    async def scenario() -> None:
        daemon = Hook(bus=EventBus())

        async def impatient() -> None:
            try:
                async with asyncio.timeout(0.04):
                    await daemon.shutdown()
            except TimeoutError:
                pass
            await asyncio.sleep(9)

        async def slow() -> None:
            try:
                await asyncio.sleep(9)
            finally:
                await asyncio.sleep(0.1)

        daemon.register_task(slow())
        first = asyncio.create_task(daemon.shutdown(join_timeout=0.3))
        second = daemon.register_task(impatient())
        await first
        assert second.done()

    run(scenario())


@pytest.mark.skipif(sys.version_info < (3, 12), reason="tasks are not eager")
def test_p12_an_eager_task_that_shuts_down_while_it_is_registered() -> None:
    async def scenario() -> None:
        make_eager(asyncio.get_running_loop())
        daemon = make()

        async def work() -> None:
            ending = asyncio.create_task(daemon.shutdown())
            await asyncio.sleep(9)
            await ending

        task = daemon.register_task(work())
        await asyncio.sleep(0.01)
        assert task.cancelled()

    asyncio.run(scenario())


def test_p12_a_task_factory_that_ends_the_daemon_first() -> None:
    """As an eager task may, but on Python 3.11, too."""

    async def scenario() -> None:
        daemon = make()

        def factory(loop: asyncio.AbstractEventLoop, coro: Any, **options: Any) -> Any:
            loop.set_task_factory(None)
            with pytest.raises(StopIteration):
                daemon.shutdown().send(None)  # nothing in it waits
            return asyncio.Task(coro, loop=loop, **options)

        asyncio.get_running_loop().set_task_factory(factory)
        task = daemon.register_task(asyncio.sleep(60))
        await asyncio.wait({task}, timeout=1)
        assert task.cancelled()

    asyncio.run(scenario())


@pytest.mark.skipif(sys.version_info < (3, 12), reason="tasks are not eager")
@pytest.mark.parametrize("second", [False, True])
def test_p07_an_eager_task_that_shuts_down_while_it_is_registered_goes_on(second: bool) -> None:
    after: list[str] = []
    ends: list[asyncio.Task[None]] = []

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        make_eager(loop)
        daemon = make()
        if second:  # the release is over, the join goes on
            daemon.register_task(slow())

        async def end() -> None:
            if second:
                ends.append(loop.create_task(daemon.shutdown()))
            await daemon.shutdown()
            await asyncio.sleep(0)
            after.append("went on")

        await daemon.register_task(end())
        assert daemon.stats()["state"] == "stopped"

    async def slow() -> None:
        try:
            await asyncio.sleep(9)
        finally:
            await asyncio.sleep(0.01)

    asyncio.run(scenario())
    assert after == ["went on"]


def test_p07_a_shutdown_knows_the_task_that_called_it() -> None:
    """On Python 3.11, too, where nothing can be registered too late to be cancelled."""

    async def scenario() -> None:
        daemon = make()
        task = asyncio.create_task(daemon.shutdown())
        other = asyncio.create_task(asyncio.sleep(0))
        await asyncio.wait({task, other})
        ending = daemon._daemon_state.ending
        assert ending is not None
        assert (ending.spares(task), ending.spares(other)) == (True, False)

    asyncio.run(scenario())


def test_start_says_that_it_was_overtaken_while_it_announced() -> None:
    async def scenario() -> None:
        daemon = make()

        async def end(_: object) -> None:
            await asyncio.create_task(daemon.shutdown())

        daemon.bus.subscribe("system:ready", end)
        with pytest.raises(DaemonClosedError):
            await daemon.start()

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["cleanup_timeout", "join_timeout"])
@pytest.mark.parametrize("value", [None, -1, float("inf"), "3"])
def test_wrong_seconds_are_refused_at_the_start_and_do_not_prevent_the_end(
    name: str, value: Any
) -> None:
    async def scenario() -> None:
        daemon = make()
        setattr(daemon, name, value)
        with pytest.raises((TypeError, ValueError)):
            await daemon.start()
        daemon.register_interval("i", print, 1)
        await daemon.shutdown()
        assert daemon.stats()["intervals"] == {}

    asyncio.run(scenario())


def test_unregister_of_an_ended_handle() -> None:
    async def scenario() -> None:
        daemon = make()
        first, _ = daemon.subscribe("e", print), daemon.subscribe("e", print)
        first()
        assert not daemon.unregister_subscription(first)
        await daemon.shutdown()

    asyncio.run(scenario())


def test_the_with_block_of_an_async_pair() -> None:
    log: list[int] = []

    async def scenario() -> None:
        async def off() -> None:
            log.append(1)

        async with make() as daemon:
            with daemon.register_pair(off):
                pass

    asyncio.run(scenario())
    assert log == [1]


def test_p19_a_period_next_to_nothing() -> None:
    assert next_tick(0.0, 5e-324, 1, 1.0) > 1


def test_names_of_events_do_not_pile_up() -> None:
    bus = EventBus()
    seen: list[str] = []
    ends: list[Callable[[], object]] = [
        bus.subscribe_prefix("reply:", lambda event, _: seen.append(event)),
        bus.subscribe_prefix("", lambda event, _: seen.append(event)),
    ]
    for number in range(50):
        first = bus.subscribe(f"reply:{number}", print)
        second = bus.subscribe(f"reply:{number}", print)
        first()
        second()
    assert len(bus._channels) == 1
    bus.emit_nowait("reply:7")
    assert seen == ["reply:7", "reply:7"]
    kept = bus.subscribe("reply:8", print)
    for end in ends:
        end()
    assert bus.handlers() == [("reply:8", print)]
    kept()
    assert list(bus._channels) == ["system:ready"]


def test_a_report_that_interrupts_a_write_raises_nothing() -> None:
    class Busy(io.StringIO):
        def write(self, text: str) -> int:
            raise RuntimeError("reentrant call")

    restore = report_on_signal(signal.SIGUSR2, Busy())
    try:
        signal.raise_signal(signal.SIGUSR2)
    finally:
        restore()


def test_p11_the_first_signal_after_stop_kills_nothing() -> None:
    class Slow(DaemonBase):
        async def cleanup(self) -> None:
            signal.raise_signal(signal.SIGTERM)
            await asyncio.sleep(0)

    async def scenario() -> None:
        supervisor = Supervisor(Slow(bus=EventBus()))
        asyncio.get_running_loop().call_later(0.01, supervisor.stop, 3)
        assert await supervisor.serve() == 3

    asyncio.run(scenario())


def test_the_fixture_lets_wider_fixtures_live(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nno_daemon_leaks = true\n")
    pytester.makepyfile("""
        import asyncio, pytest
        from daemonbase import DaemonBase, EventBus

        @pytest.fixture(scope="module")
        def feed():
            daemon = DaemonBase("feed", bus=EventBus())
            daemon.subscribe("e", print)
            yield daemon
            asyncio.run(daemon.shutdown())

        def test_uses(feed): pass

        class TestClass:
            @classmethod
            def setup_class(cls):
                cls.daemon = DaemonBase("class", bus=EventBus())
                cls.daemon.subscribe("e", print)
            @classmethod
            def teardown_class(cls):
                asyncio.run(cls.daemon.shutdown())
            def test_it(self): pass

        def test_leaks(feed):
            feed.subscribe("e", print)
        """)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, errors=1)


@pytest.mark.parametrize("place", ["initialize", "handler"])
def test_no_body_runs_on_a_daemon_that_ended_while_it_started(place: str) -> None:
    entered: list[str] = []

    class Ends(DaemonBase):
        async def initialize(self) -> None:
            if place == "initialize":
                await self.shutdown()
            else:
                self.subscribe("system:ready", self.on_ready)

        async def on_ready(self, _: object) -> None:
            await self.shutdown()

    async def scenario() -> None:
        with pytest.raises(DaemonClosedError, match="was shut down while it started"):
            async with Ends("ends", bus=EventBus()):
                entered.append("the body")

    asyncio.run(scenario())
    assert entered == []


def generator() -> Iterator[int]:
    yield 1


async def async_generator() -> AsyncIterator[int]:
    yield 1


@pytest.mark.parametrize("function", [generator, async_generator])
@pytest.mark.parametrize("wrap", [False, True])
def test_p13_a_generator_function_is_no_unsubscribe(function: Any, wrap: bool) -> None:
    """In debug mode it is refused; else its release fails, and the others are released."""
    handle = functools.partial(function) if wrap else function
    released: list[int] = []

    async def scenario() -> None:
        daemon = make()
        daemon.register_subscription(lambda: released.append(1))
        daemon.register_subscription(handle)
        with pytest.raises(TypeError, match="generator function"):
            daemon.unregister_subscription(handle)
        daemon.register_subscription(handle)
        with pytest.raises(TypeError, match="generator function"):
            await daemon.shutdown()
        strict = make()
        strict._daemon_state.set_debug(True)
        with pytest.raises(TypeError, match="generator function"):
            strict.register_subscription(handle)

    asyncio.run(scenario())
    assert released == [1]


def test_a_subclass_may_have_a_name_of_its_own() -> None:
    class Given(DaemonBase):
        def __init__(self, host: str) -> None:
            self.host = host
            super().__init__(bus=EventBus())

        @property
        def name(self) -> str:  # type: ignore[override]  # an attribute of the base
            return f"feed of {self.host}"

    class Later(DaemonBase):
        def __init__(self) -> None:
            super().__init__(bus=EventBus())
            self.host = "b"

        @property
        def name(self) -> str:  # type: ignore[override]  # an attribute of the base
            return f"feed of {self.host}"

    class Other(DaemonBase):
        name: Any = None

    async def scenario() -> None:
        async with Given("a") as given, Later() as later:
            assert (given.name, given.stats()["name"]) == ("feed of a", "feed of a")
            assert (later.name, later.stats()["name"]) == ("feed of b", "Later")
            assert given.bus.is_ready("feed of a")

    asyncio.run(scenario())
    assert Other(bus=EventBus()).name == "Other"


def test_p23_a_daemon_that_was_forgotten_is_ready_no_longer() -> None:
    bus = EventBus()

    async def scenario() -> None:
        daemon = DaemonBase("data", bus=bus)
        await daemon.start()
        assert bus.is_ready("data")
        with pytest.warns(ResourceWarning, match="without shutdown"):
            del daemon
            gc.collect()
        assert not bus.is_ready("data")

    asyncio.run(scenario())
