"""What programs do to a daemon that nobody had in mind: copies, odd hooks, errors of errors."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
from collections.abc import AsyncIterator
from typing import Any

import pytest

from daemonbase import DaemonBase, EventBus, live
from runtime_clock import run
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
