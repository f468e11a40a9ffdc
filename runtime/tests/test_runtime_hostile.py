"""What programs do to a daemon that nobody had in mind: copies, odd hooks, errors of errors."""

from __future__ import annotations

import asyncio
import copy
import gc
import itertools
import logging
import pickle
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest

from daemonbase import DaemonBase, EventBus, live
from runtime_clock import EAGER, loop, run, steps
from runtime_untyped import untyped


def make(kind: type[DaemonBase] = DaemonBase, **options: Any) -> tuple[DaemonBase, list[str]]:
    """A daemon that holds one thing, and what it writes down when that is released."""
    released: list[str] = []
    daemon = kind("d", bus=EventBus(), **options)
    daemon.register_pair(released.append, "released")
    return daemon, released


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickle.dumps])
def test_p10_a_daemon_has_no_second_self(duplicate: Any) -> None:
    """A copy would hold the same things: its end would be that of the original."""

    async def scenario() -> None:
        daemon, released = make()
        async with daemon:
            with pytest.raises(TypeError, match="<DaemonBase 'd' running> cannot be copied"):
                duplicate(daemon)
            assert daemon.bus.is_ready("d")
            assert released == []
            assert [one for one in live() if one.name == "d"] == [daemon]
        assert released == ["released"]

    run(scenario())


def test_p02_the_hook_of_a_daemon_that_is_false_is_run() -> None:
    class Empty(DaemonBase):
        def __len__(self) -> int:
            return 0

        async def cleanup(self) -> None:
            hooks.append("hook")

    async def scenario() -> None:
        daemon, released = make(Empty)
        async with daemon:
            pass
        assert hooks + released == ["hook", "released"]

    hooks: list[str] = []
    run(scenario())


@pytest.mark.parametrize("name", ["cleanup", "cleanup_timeout", "join_timeout"])
def test_p02_what_the_shutdown_asks_for_cannot_be_had(name: str) -> None:
    def fail(_: object) -> None:
        raise AttributeError("not yet")

    class Waits(DaemonBase):
        async def cleanup(self) -> None:
            await asyncio.sleep(0)

    kind = type("Odd", (Waits,), {name: property(fail)})

    async def scenario() -> None:
        daemon, released = make(kind)
        if name == "cleanup":
            with pytest.raises(AttributeError, match="not yet"):
                await daemon.shutdown()
        else:
            await daemon.shutdown()
        assert released == ["released"]
        assert daemon.stats()["last_error"] == "AttributeError: not yet"
        assert daemon.stats()["errors"] == 1

    run(scenario())


def test_hooks_that_are_generators_are_refused() -> None:
    class Ending(DaemonBase):
        async def cleanup(self) -> AsyncIterator[None]:  # type: ignore[override]  # a mistake
            yield

    class Starting(DaemonBase):
        async def initialize(self) -> AsyncIterator[None]:  # type: ignore[override]  # likewise
            yield

    async def scenario() -> None:
        daemon, released = make(Ending)
        with pytest.raises(TypeError, match=r"^cleanup\(\) must not be a generator function"):
            await daemon.shutdown()
        assert released == ["released"]
        daemon, released = make(Starting)
        with pytest.raises(TypeError, match=r"^initialize\(\) must not be a generator function"):
            await daemon.start()
        assert released == ["released"]

    run(scenario())


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_p03_errors_that_cannot_be_shown(kind: type[BaseException]) -> None:
    class Unshown(Exception):
        def __str__(self) -> str:
            raise kind("in str")

    class Unsubscribe:
        def __call__(self) -> None:
            raise Unshown

        def __repr__(self) -> str:
            raise kind("in repr")

    async def scenario() -> None:
        daemon, released = make()
        daemon.register_subscription(Unsubscribe())
        with pytest.raises(Unshown):
            await daemon.shutdown()
        assert released == ["released"]
        assert daemon.stats()["last_error"] == "Unshown: its message cannot be shown"

    run(scenario())


@pytest.mark.parametrize("level", [logging.INFO, logging.ERROR])
def test_p03_a_log_handler_that_ends_the_program(level: int) -> None:
    class Ending(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise SystemExit(record.getMessage())

    logger = logging.Logger("ending", level)
    logger.addHandler(Ending())

    def fail() -> None:
        raise ValueError("no")

    async def scenario() -> list[str]:
        daemon, released = make(logger=logger)
        daemon.register_subscription(fail)
        error: BaseException | None = None
        try:
            await daemon.shutdown()
        except BaseException as raised:
            error = raised
        if level == logging.INFO:
            assert isinstance(error, SystemExit)
        else:
            assert isinstance(error, BaseExceptionGroup)
            assert [type(one) for one in error.exceptions] == [ValueError, SystemExit]
        await daemon.shutdown()  # it is over: nobody waits for the first for ever
        assert untyped(daemon.stats()["state"]) == "stopped"
        return released

    assert run(scenario()) == ["released"]


@pytest.mark.parametrize("callers", [1, 2])
def test_p04_an_own_task_fails_over_its_cancellation(callers: int) -> None:
    """A later caller wakes the join, which must not end before it has the error."""

    async def fails() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise ValueError("no")

    async def scenario() -> None:
        daemon = DaemonBase("d", bus=EventBus())
        daemon.register_task(fails())
        await steps(1)
        ends = []
        for _ in range(callers):
            ends.append(asyncio.create_task(daemon.shutdown()))
            await steps(1)
        results = await asyncio.gather(*ends, return_exceptions=True)
        assert [str(item) for item in results] == ["no", "None"][:callers]

    run(scenario())


def test_p03_an_own_task_waits_for_what_cannot_be_hashed() -> None:
    class Odd(asyncio.Future[None]):
        def __eq__(self, other: object) -> bool:
            return self is other

    async def waits() -> None:
        await Odd()

    async def scenario() -> None:
        daemon, released = make(DaemonBase)
        task = daemon.register_task(waits())
        await steps(1)
        await daemon.shutdown()
        assert released == ["released"]
        assert task.cancelled()

    run(scenario())


@pytest.mark.skipif(EAGER, reason="asyncio's eager task factory goes as deep as it is told to")
def test_p03_daemons_that_end_each_other_in_a_long_row() -> None:
    """Eager tasks (Python 3.12+) would begin each end inside of the one before."""

    async def scenario() -> None:
        row = [DaemonBase("d", bus=EventBus()) for _ in range(300)]
        for one, following in itertools.pairwise(row):
            one.register_subscription(following.shutdown)
        await row[0].shutdown()
        assert {one.stats()["state"] for one in row} == {"stopped"}
        assert loop().time() == 0

    run(scenario())


def test_p10_waiters_of_a_loop_that_is_closed() -> None:
    """Nothing is raised where nobody can catch it, when the first caller is collected."""

    async def deaf() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(60)

    async def scenario(daemon: DaemonBase) -> None:
        daemon.register_task(deaf())
        await asyncio.sleep(0)
        for _ in range(2):
            asyncio.create_task(daemon.shutdown())  # noqa: RUF006 - to be lost
        await asyncio.sleep(0.01)

    unraisable: list[str] = []
    before = sys.unraisablehook
    sys.unraisablehook = lambda item: unraisable.append(str(item.exc_value))
    try:
        closed = asyncio.new_event_loop()
        closed.run_until_complete(scenario(DaemonBase("d", bus=EventBus())))
        closed.close()
        gc.collect()
    finally:
        sys.unraisablehook = before
    assert unraisable == []


def test_p10_loops_in_threads_do_not_disturb_each_other() -> None:
    """Handlers that run are known to the whole process, for shutdowns of any thread to look at."""

    async def slowly(*_: object) -> None:
        await steps(4)

    async def scenario() -> None:
        for _ in range(30):
            bus = EventBus()
            daemons = [DaemonBase(name, bus=bus) for name in "abcd"]
            for daemon in daemons:
                daemon.subscribe("e", slowly)
            emits = [asyncio.create_task(bus.emit("e")) for _ in range(10)]
            await steps(1)
            await asyncio.gather(*(daemon.shutdown() for daemon in daemons))
            await asyncio.gather(*emits)

    def work() -> None:
        try:
            asyncio.run(scenario())
        except BaseException as error:
            errors.append(error)

    errors: list[BaseException] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert errors == []
