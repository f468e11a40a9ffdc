"""stats, live, report, places of acquire, warnings for what was forgotten, checks, errors."""

from __future__ import annotations

import asyncio
import functools
import gc
import inspect
import io
import logging
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import daemonbase
from daemonbase import (
    DaemonBase,
    DaemonError,
    EventBus,
    State,
    live,
    mark_process_lifetime,
    report,
    report_on_signal,
    tracking,
)
from daemonbase.errors import chain, describe
from runtime_clock import run, steps
from runtime_untyped import fields


@pytest.fixture
def debug(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tracking, "debug", True)
    yield


def here(offset: int = 0) -> str:
    """The caller's `file:line`."""
    return f"{__file__}:{sys._getframe(1).f_lineno + offset}"


def test_stats_tell_all() -> None:
    async def scenario() -> None:
        one = DaemonBase("one", bus=EventBus())
        assert one.stats()["state"] is State.NEW
        assert one.stats()["uptime"] is None
        await one.start()
        one.register_pair(print)
        one.register_interval("i", print, 60)
        one.defer_initialization(print, 60)
        one.register_task(asyncio.sleep(60))
        one.on_daemon_ready("other", print)
        one.subscribe("e", lambda payload: asyncio.sleep(60))
        one.bus.emit_nowait("e")
        await asyncio.sleep(1)
        stats: dict[str, Any] = {**one.stats()}
        assert list(stats.pop("intervals")) == ["i"]
        assert stats == {
            "name": "one",
            "state": "running",
            "subscriptions": 3,
            "deferred": 1,
            "tasks": 1,
            "handlers_running": 1,
            "waits_for": ["other"],
            "errors": 0,
            "last_error": None,
            "uptime": 1.0,
            "start_duration": 0.0,
            "shutdown_duration": None,
        }
        await one.shutdown(join_timeout=2)
        after = one.stats()
        assert (after["state"], after["uptime"]) == (State.STOPPED, None)
        assert after["shutdown_duration"] == 2.0
        assert (after["subscriptions"], after["tasks"], after["waits_for"]) == (0, 0, [])

    run(scenario())


def test_live_daemons_and_the_report() -> None:
    async def scenario() -> None:
        before = live()
        bus = EventBus()
        one, two = DaemonBase("one", bus=bus), DaemonBase("two", bus=bus)
        assert [d for d in live() if d not in before] == [one, two]
        await one.start()

        def fail() -> None:
            raise ValueError("no")

        one.register_interval("poll", fail, 2)
        two.on_daemon_ready("three", print)
        await asyncio.sleep(5)
        text = report()
        assert "one: running for 5.0 s\n  0 subscriptions, 0 deferred, 0 tasks" in text
        assert (
            "  interval poll every 2 s: 2 ticks, 0 missed, last took 0.000 s, "
            "2 failed (ValueError: no)\n  last error: ValueError: no\n" in text
        )
        assert "two: new\n  1 subscriptions" in text
        assert "  waits for three" in text
        await one.shutdown()
        assert one not in live()
        await two.shutdown()
        assert live() == before

    run(scenario())


def test_live_daemons_need_not_be_hashable_and_are_not_kept() -> None:
    class Equal(DaemonBase):
        def __eq__(self, other: object) -> bool:
            return True

    one = Equal("equal", bus=EventBus())
    assert any(found is one for found in live())
    reference = weakref.ref(one)
    del one
    gc.collect()
    assert reference() is None


def test_report_on_signal_writes_and_puts_the_old_handler_back() -> None:
    before = signal.getsignal(signal.SIGUSR1)
    out = io.StringIO()
    restore = report_on_signal(file=out)
    signal.raise_signal(signal.SIGUSR1)
    assert "live daemon" in out.getvalue()
    restore()
    restore()
    assert signal.getsignal(signal.SIGUSR1) == before
    restore = report_on_signal(signal.SIGUSR2)
    other = signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    restore()  # somebody else has taken the signal over
    assert signal.getsignal(signal.SIGUSR2) == signal.SIG_IGN
    assert other is not None
    signal.signal(signal.SIGUSR2, signal.SIG_DFL)


def test_report_on_signal_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "SIGUSR1")
    with pytest.raises(ValueError, match="no SIGUSR1 on this platform"):
        report_on_signal()


@pytest.mark.usefixtures("debug")
def test_in_debug_mode_errors_tell_the_place_of_acquire(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no")

    async def fail_later() -> None:
        fail()

    async def scenario() -> dict[str, str]:
        one = DaemonBase("d", bus=EventBus())
        places: dict[str, str] = {}
        one.register_interval("i", fail, 1)
        places["interval"] = here(-1)
        one.defer_initialization(fail, 1)
        places["deferred call"] = here(-1)
        one.on_daemon_ready("other", fail)
        places["ready callback"] = here(-1)
        one.subscribe("e", fail)
        places["handler"] = here(-1)
        one.register_task(fail_later())
        places["task"] = here(-1)
        one.register_subscription(fail)
        places["unsubscribe"] = here(-1)
        await one.bus.emit("e")
        await one.bus.emit("system:ready", {"daemon": "other"})
        await asyncio.sleep(1.5)
        with pytest.raises(ValueError, match="no"):
            await one.shutdown()
        return places

    with caplog.at_level(logging.ERROR):
        places = run(scenario())
    found = dict(fields(record, "kind", "place") for record in caplog.records)
    assert found == places
    for record in caplog.records:
        (place,) = fields(record, "place")
        assert f"registered at {place}" in record.getMessage()


@pytest.mark.usefixtures("debug")
def test_a_daemon_collected_without_shutdown_names_what_it_held() -> None:
    class Lost(DaemonBase):
        def __init__(self) -> None:
            super().__init__("lost", bus=EventBus())

    one = Lost()
    made = here(-1)
    one.register_subscription(print)
    held = here(-1)
    with pytest.warns(ResourceWarning) as caught:
        del one
    message = str(caught[0].message)
    assert "<Lost 'lost' new> was collected without shutdown(), holding 1 live handles" in message
    assert f"from {held}; made at {made}" in message


def test_no_warning_where_nothing_was_lost(recwarn: pytest.WarningsRecorder) -> None:
    class Forgetful(DaemonBase):
        def __init__(self) -> None:
            pass

    async def scenario() -> None:
        async with DaemonBase("ended", bus=EventBus()):
            pass

    DaemonBase("unused", bus=EventBus())
    Forgetful()
    run(scenario())
    gc.collect()
    assert [str(warning.message) for warning in recwarn] == []


def test_at_the_end_of_the_interpreter_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import daemonbase.daemon
    import daemonbase.introspection

    one = DaemonBase("d", bus=EventBus())
    one.register_subscription(print)
    for module, gone in ((daemonbase.introspection, "warnings"), (daemonbase.daemon, "tracking")):
        with monkeypatch.context() as patch:
            patch.setattr(module, gone, None)
            one.__del__()
    run(one.shutdown())


def test_a_place_is_short_and_without_our_own_frames() -> None:
    def deep(level: int) -> tracking.Place:
        return tracking.here() if level == 0 else deep(level - 1)

    place = deep(20)
    assert len(place) == 8
    assert {Path(file).name for file, _, _ in place} == {Path(__file__).name}
    assert tracking.line_of(place).startswith(__file__)
    assert "return tracking.here() if level == 0" in tracking.stack_of(place)
    assert tracking.stack_of((("<nowhere>", 1, "f"),)) == '  File "<nowhere>", line 1, in f'
    assert tracking.stack_of(None) == ""
    assert "only python -X dev keeps" in tracking.line_of(None)
    # At the bottom of a stack it is shorter.
    code = "from daemonbase import tracking; print(len(tracking.here()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


@pytest.mark.parametrize(
    ("flags", "environment", "expected"),
    [
        ([], {}, "False"),
        (["-X", "dev"], {}, "True"),
        ([], {"PYTHONASYNCIODEBUG": "1"}, "True"),
        (["-E"], {"PYTHONASYNCIODEBUG": "1"}, "False"),
    ],
)
def test_debug_mode_is_asked_for_as_that_of_asyncio(
    flags: list[str], environment: dict[str, str], expected: str
) -> None:
    code = f"import sys; sys.path[:0] = {sys.path!r}; from daemonbase import tracking as t"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, *flags, "-c", f"{code}; print(t.debug)"],
        capture_output=True,
        text=True,
        check=True,
        env={**clean, **environment},
    )
    assert done.stdout == f"{expected}\n"


def test_process_lifetime_gives_back_what_it_gets() -> None:
    thing = object()
    assert mark_process_lifetime(thing) is thing
    del tracking.process_lived[id(thing)]


def test_structured_fields_of_the_life_cycle(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with DaemonBase("d", bus=EventBus()):
            await steps(1)

    with caplog.at_level(logging.INFO, logger="daemonbase"):
        run(scenario())
    assert [record.getMessage() for record in caplog.records] == [
        "started",
        "shutting down",
        "shut down",
    ]
    assert {fields(record, "daemon") for record in caplog.records} == {("d",)}


def test_a_logger_of_ones_own() -> None:
    logger = logging.getLogger("mine")
    assert DaemonBase("d", logger=logger).log is logger


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"name": 3}, TypeError),
        ({"name": ""}, ValueError),
        ({"bus": "bus"}, TypeError),
    ],
)
def test_wrong_constructor_arguments(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error, match="must"):
        DaemonBase(**options)


def test_every_method_of_a_daemon_that_forgot_super_says_so() -> None:
    class Forgetful(DaemonBase):
        def __init__(self) -> None:
            pass

    one = Forgetful()
    coroutine = asyncio.sleep(0)
    for call in (
        lambda: one.subscribe("e", print),
        lambda: one.register_subscription(print),
        lambda: one.register_pair(print),
        lambda: one.unregister_subscription(print),
        lambda: one.register_interval("i", print, 1),
        lambda: one.register_task(coroutine),
        lambda: one.on_daemon_ready("x", print),
        lambda: one.defer_initialization(print),
        lambda: one.clear_interval("i"),
        lambda: run(one.start()),
        lambda: run(one.shutdown()),
        one.cleanup_intervals,
        one.cleanup_subscriptions,
        one.stats,
    ):
        with pytest.raises(DaemonError, match=r"^Forgetful.__init__\(\) has not called super"):
            call()
    assert repr(one) == "<Forgetful '' not initialised>"
    coroutine.close()


def test_chain_keeps_all_tracebacks_and_makes_no_circle() -> None:
    def fail(error: Exception) -> None:
        raise error

    first: Exception = ValueError("first")
    cause: Exception = OSError("cause")
    later: Exception = KeyError("later")
    first.__context__ = cause
    try:
        try:
            raise first
        except ValueError:
            fail(later)
    except KeyError:
        pass
    assert later.__context__ is first
    chain(first, later)
    assert [first.__context__, cause.__context__, later.__context__] == [cause, later, None]
    chain(first, later)
    chain(first, first)
    assert [first.__context__, cause.__context__, later.__context__] == [cause, later, None]


def test_describe_never_fails() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert describe(Mute()) == "Mute: its message cannot be shown"
    assert describe(ValueError()) == "ValueError"
    assert describe(ValueError("x")) == "ValueError: x"


def test_names_of_callbacks_without_one() -> None:
    async def scenario() -> None:
        one = DaemonBase("d", bus=EventBus())
        deferred = one.defer_initialization(functools.partial(print, "x"), 1)
        assert "functools.partial" in deferred.name
        assert deferred.active
        deferred()
        assert not deferred.active
        deferred.cancel()
        await one.shutdown()

    run(scenario())


def test_all_that_is_public_is_there_and_documented() -> None:
    for name in daemonbase.__all__:
        thing = getattr(daemonbase, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
    for name, method in vars(DaemonBase).items():
        if not name.startswith("_") and callable(method):
            assert method.__doc__, name
