"""Supervisor and run: ready order, failed starts, reverse shutdown, stop, exit codes, anyio."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from typing import Any

import pytest

from daemonbase import DaemonBase, DaemonClosedError, DaemonError, EventBus, Supervisor
from daemonbase import run as run_program
from runtime_clock import VirtualLoop, left, loop, run, steps
from runtime_untyped import untyped


class Part(DaemonBase):
    """Writes its starts and ends into a common log."""

    def __init__(
        self,
        name: str,
        bus: EventBus,
        log: list[str],
        *,
        takes: float = 0,
        waits_for: str = "",
        needs: str = "",
        fails: BaseException | None = None,
        fails_to_end: BaseException | None = None,
    ) -> None:
        super().__init__(name, bus=bus)
        self.lines = log
        self.takes = takes
        self.waits_for = waits_for
        self.needs = needs
        self.fails = fails
        self.fails_to_end = fails_to_end

    async def initialize(self) -> None:
        self.lines.append(f"{self.name} starts")
        if self.waits_for:
            self.on_daemon_ready(self.waits_for, lambda: None)
        if self.needs:  # it is not ready before the other is
            ready = asyncio.Event()
            self.on_daemon_ready(self.needs, ready.set)
            await ready.wait()
        if self.takes:
            await asyncio.sleep(self.takes)
        if self.fails is not None:
            raise self.fails
        self.lines.append(f"{self.name} ready")

    async def cleanup(self) -> None:
        await asyncio.sleep(0.001)
        self.lines.append(f"{self.name} ends")
        if self.fails_to_end is not None:
            raise self.fails_to_end


def bus_and_log() -> tuple[EventBus, list[str]]:
    return EventBus(), []


def test_start_one_after_the_other_and_end_in_reverse() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        async with Supervisor(Part("a", bus, log, takes=1), Part("b", bus, log)):
            assert log == ["a starts", "a ready", "b starts", "b ready"]
        assert log[4:] == ["b ends", "a ends"]

    run(scenario())


def test_a_daemon_that_needs_a_later_one_lets_it_go_ahead() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        async with Supervisor(
            Part("user", bus, log, needs="data"),
            Part("data", bus, log, takes=1),
            Part("mail", bus, log),
        ):
            assert log == [
                "user starts",
                "data starts",
                "data ready",
                "user ready",
                "mail starts",
                "mail ready",
            ]
        assert log[6:] == ["mail ends", "user ends", "data ends"]

    run(scenario())


def test_each_ends_before_what_it_waited_for() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        async with Supervisor(
            Part("user", bus, log, waits_for="data"),
            Part("a", bus, log, waits_for="b"),
            Part("b", bus, log, waits_for="a"),  # a circle has no order; it must end all the same
            Part("data", bus, log),
            Part("other", bus, log, waits_for="nobody"),
        ):
            log.clear()
        assert log == ["other ends", "a ends", "b ends", "user ends", "data ends"]

    run(scenario())


@pytest.mark.parametrize("takes", [0, 1])
def test_a_failed_start_shuts_down_those_that_started(takes: float) -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        supervisor = Supervisor(
            Part("a", bus, log),
            Part("hangs", bus, log, needs="late"),
            Part("b", bus, log, takes=takes, fails=ValueError("no database")),
            Part("late", bus, log),
        )
        with pytest.raises(ValueError, match="no database"):
            await supervisor.start()
        assert "late starts" not in log
        assert sorted(log[-3:]) == ["a ends", "b ends", "hangs ends"]
        assert log[-1] == "a ends"
        assert left() == {"timers": 0, "tasks": 0}
        with pytest.raises(DaemonError, match="starts once"):
            await supervisor.start()

    run(scenario())


def test_errors_of_the_end_are_all_raised() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        one = Supervisor(Part("a", bus, log, fails_to_end=ValueError("a")), Part("b", bus, log))
        with pytest.raises(ValueError, match="a"):
            async with one:
                pass
        two = Supervisor(
            Part("a", bus, log, fails_to_end=ValueError("a")),
            Part("b", bus, log, fails_to_end=OSError("b")),
        )
        with pytest.raises(ExceptionGroup) as caught:
            async with two:
                pass
        assert [str(error) for error in caught.value.exceptions] == ["b", "a"]
        three = Supervisor(
            Part("a", bus, log, fails_to_end=KeyboardInterrupt()), Part("b", bus, log)
        )
        try:
            async with three:
                log.clear()
        except KeyboardInterrupt:
            pass
        assert log == ["b ends", "a ends"]

    run(scenario())


@pytest.mark.parametrize("where", ["daemon", "supervisor"])
def test_the_error_of_the_body_is_raised_and_that_of_the_end_is_its_context(where: str) -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        part = Part("a", bus, log, fails_to_end=ValueError("end"))
        context: Any = part if where == "daemon" else Supervisor(part)
        with pytest.raises(OSError, match="body") as caught:
            async with context:
                raise OSError("body")
        assert str(caught.value.__context__) == "end"

    run(scenario())


def test_the_error_of_a_start_is_raised_and_that_of_the_end_is_its_context() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        part = Part("a", bus, log, fails=OSError("start"), fails_to_end=ValueError("end"))
        with pytest.raises(OSError, match="start") as caught:
            await part.start()
        assert str(caught.value.__context__) == "end"
        good = Part("good", bus, log, fails_to_end=ValueError("good's end"))
        bad = Part("bad", bus, log, fails=OSError("start"))
        with pytest.raises(OSError, match="start") as caught:
            await Supervisor(good, bad).start()
        assert str(caught.value.__context__) == "good's end"

    run(scenario())


def test_serve_until_stop_from_another_thread() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        supervisor = Supervisor(Part("a", bus, log), Part("b", bus, log))
        serving = asyncio.create_task(supervisor.serve())
        await asyncio.sleep(1)
        thread = threading.Thread(target=supervisor.stop, args=(7,))
        thread.start()
        thread.join()
        supervisor.stop(9)  # the first call decides
        assert await serving == 7
        assert log[-2:] == ["b ends", "a ends"]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario())


def test_serve_ends_when_all_daemons_have_ended() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        parts = [Part("a", bus, log), Part("b", bus, log)]
        serving = asyncio.create_task(Supervisor(*parts).serve())
        await asyncio.sleep(1)
        for part in parts:
            assert not serving.done()
            await part.shutdown()
        assert await serving == 0

    run(scenario())


def test_stop_during_the_start_and_before_it() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        supervisor = Supervisor(Part("a", bus, log), Part("slow", bus, log, takes=3600))
        serving = asyncio.create_task(supervisor.serve())
        await asyncio.sleep(1)
        supervisor.stop(3)
        assert await serving == 3
        assert log == ["a starts", "a ready", "slow starts", "slow ends", "a ends"]
        assert loop().time() < 2
        early = Supervisor(Part("early", bus, log))
        early.stop()
        assert await early.serve() == 0

    run(scenario())


def test_serve_that_is_cancelled_shuts_down() -> None:
    async def scenario(after: float) -> None:
        bus, log = bus_and_log()
        supervisor = Supervisor(Part("a", bus, log), Part("b", bus, log, takes=1))
        serving = asyncio.create_task(supervisor.serve())
        await asyncio.sleep(after)
        serving.cancel()
        await asyncio.wait({serving})
        assert serving.cancelled()
        assert log[-2:] == ["b ends", "a ends"]
        assert left() == {"timers": 0, "tasks": 0}

    run(scenario(0.5))
    run(scenario(2))


def test_serve_raises_what_a_start_raises() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        with pytest.raises(ValueError, match="no"):
            await Supervisor(Part("a", bus, log, fails=ValueError("no"))).serve()

    run(scenario())


def test_a_slow_start_says_who_is_missing(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        parts = [Part("a", bus, log), Part("slow", bus, log, takes=25), Part("z", bus, log)]
        async with Supervisor(*parts, ready_timeout=10):
            pass

    with caplog.at_level(logging.WARNING):
        run(scenario())
    assert [record.getMessage() for record in caplog.records] == [
        "not ready after 10 s: slow, z"
    ] * 2


def test_wrong_arguments() -> None:
    one = DaemonBase("d", bus=EventBus())
    with pytest.raises(TypeError, match="takes daemons"):
        Supervisor(one, untyped("x"))
    with pytest.raises(ValueError, match="at least one"):
        Supervisor()
    with pytest.raises(ValueError, match="each daemon once"):
        Supervisor(one, one)
    wrong: list[dict[str, Any]] = [{"signals": ["SIGTERM"]}, {"report_signal": "SIGUSR1"}]
    for options in wrong:
        with pytest.raises(TypeError, match="a signal must be given by its number"):
            Supervisor(one, **options)
    with pytest.raises(ValueError, match="ready_timeout"):
        Supervisor(one, ready_timeout=0)


def test_start_that_is_shut_down_meanwhile_raises_closed() -> None:
    async def scenario() -> None:
        bus, log = bus_and_log()
        for takes in (0.5, 3600):
            part = Part("a", bus, log, takes=takes)
            starting = asyncio.create_task(part.start())
            await asyncio.sleep(0.1)
            await part.shutdown()
            with pytest.raises(DaemonClosedError, match="a was shut down while it started"):
                await starting
            assert starting.cancelling() == 0
            assert not bus.is_ready("a")

    run(scenario())


@pytest.mark.parametrize("reaction", ["swallow", "raise", "end first", "cancelled too"])
def test_a_start_that_is_told_to_end_and_reacts_in_its_own_way(reaction: str) -> None:
    class Odd(DaemonBase):
        async def initialize(self) -> None:
            try:
                await gates[0]
            except asyncio.CancelledError:
                if reaction == "raise":
                    raise ValueError("odd") from None
                if reaction == "cancelled too":
                    await asyncio.sleep(1)
                    raise

    async def scenario() -> None:
        gate = loop().create_future()
        gates.append(gate)
        odd = Odd("odd", bus=EventBus())
        starting = asyncio.create_task(odd.start())
        await steps(2)
        ending = asyncio.create_task(odd.shutdown())
        if reaction == "end first" and not gate.done():
            gate.set_result(None)
        await steps(2)
        if reaction == "cancelled too":
            starting.cancel()
        await asyncio.wait({starting, ending})
        if reaction == "cancelled too":
            assert starting.cancelled()
            return
        error = starting.exception()
        assert isinstance(error, ValueError if reaction == "raise" else DaemonClosedError)
        assert starting.cancelling() == 0
        assert odd.stats()["state"] == "stopped"

    gates: list[asyncio.Future[None]] = []
    run(scenario())


def test_a_cancelled_announcement_shuts_down_too() -> None:
    """`async with` does not call __aexit__ when __aenter__ fails: start() must clean up itself."""

    async def scenario() -> None:
        bus = EventBus()
        one = DaemonBase("d", bus=bus)
        bus.subscribe("system:ready", lambda payload: asyncio.sleep(3600))
        starting = asyncio.create_task(one.start())
        await asyncio.sleep(1)
        assert one.stats()["state"] == "running"
        starting.cancel()
        await asyncio.wait({starting})
        assert starting.cancelled()
        assert one.stats()["state"] == "stopped"

    run(scenario())


def test_sync_overrides_of_both_hooks() -> None:
    class Plain(DaemonBase):
        def initialize(self) -> None:  # type: ignore[override]  # the types ask for async
            calls.append("initialize")

        def cleanup(self) -> None:  # type: ignore[override]  # likewise
            calls.append("cleanup")

    calls: list[str] = []

    async def scenario() -> None:
        async with Plain("d", bus=EventBus()):
            pass

    run(scenario())
    assert calls == ["initialize", "cleanup"]


def test_aclosing() -> None:
    from contextlib import aclosing

    async def scenario() -> None:
        async with aclosing(DaemonBase("d", bus=EventBus())) as one:
            await one.start()
        assert one.stats()["state"] == "stopped"

    run(scenario())


def _own_handlers() -> dict[int, Any]:
    return {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}


@pytest.mark.parametrize("factory", ["asyncio", "virtual", "uvloop"])
def test_run_with_different_loops_restores_the_handlers(factory: str) -> None:
    if factory == "uvloop":
        make: Any = pytest.importorskip("uvloop", reason="uvloop is not installed").new_event_loop
    else:
        make = VirtualLoop if factory == "virtual" else None

    class Signalled(DaemonBase):
        async def initialize(self) -> None:
            self.register_interval("i", self.end, 0.01)
            self.register_interval("async", self.wait, 0.005)
            self.register_task(self.wait())
            assert _own_handlers() != before

        async def wait(self) -> None:
            await asyncio.sleep(3600)

        def end(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    before = _own_handlers()
    assert run_program(Signalled("d", bus=EventBus()), loop_factory=make) == 128 + signal.SIGTERM
    assert _own_handlers() == before


def test_in_another_thread_no_signal_handler_is_touched() -> None:
    codes: list[int] = []

    def work() -> None:
        one = DaemonBase("d", bus=EventBus())
        supervisor = Supervisor(one)

        async def serve() -> int:
            asyncio.get_running_loop().call_later(0.01, supervisor.stop, 5)
            return await supervisor.serve()

        codes.append(asyncio.run(serve()))

    before = _own_handlers()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert codes == [5]
    assert _own_handlers() == before


def test_a_handler_that_python_did_not_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is None, and cannot be put back: the default is."""
    installed: list[Any] = []
    original = signal.signal

    def fake(number: int, handler: Any) -> Any:
        installed.append((number, handler))
        original(number, handler)
        return None

    monkeypatch.setattr(signal, "signal", fake)
    one = DaemonBase("d", bus=EventBus())

    async def serve() -> int:
        supervisor = Supervisor(one, signals=[signal.SIGUSR2])
        asyncio.get_running_loop().call_later(0.01, supervisor.stop)
        return await supervisor.serve()

    assert asyncio.run(serve()) == 0
    assert (signal.SIGUSR2, signal.SIG_DFL) in installed


def test_under_anyio() -> None:
    anyio = pytest.importorskip("anyio", reason="anyio is not installed")
    bus, log = bus_and_log()

    async def main() -> int:
        supervisor = Supervisor(Part("a", bus, log), Part("b", bus, log))
        asyncio.get_running_loop().call_later(0.01, supervisor.stop, 4)
        return await supervisor.serve()

    assert anyio.run(main) == 4
    assert log[-2:] == ["b ends", "a ends"]

    released: list[str] = []

    async def in_a_cancelled_scope() -> None:
        with anyio.move_on_after(0.01) as scope:
            async with Part("c", bus, log) as part:
                part.register_task(anyio.sleep(3600))
                part.register_pair(released.append, "released")
                await anyio.sleep(3600)
        assert scope.cancelled_caught
        # In a cancelled scope every await of the hook is cancelled again; the release is not.
        assert released == ["released"]
        assert part.stats()["state"] == "stopped"
        assert part.stats()["tasks"] == 0

    anyio.run(in_a_cancelled_scope)
