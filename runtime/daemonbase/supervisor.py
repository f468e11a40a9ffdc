"""Running daemons together: start in ready order, shutdown in reverse, signals, exit codes."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

from daemonbase.checks import check_seconds
from daemonbase.daemon import DaemonBase
from daemonbase.errors import DaemonError, chain
from daemonbase.introspection import report_on_signal
from daemonbase.types import State

log = logging.getLogger("daemonbase.supervisor")

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Supervisor:
    """Several daemons as one: `async with Supervisor(a, b)`, or `await Supervisor(a, b).serve()`.

    They start in the order given, each as soon as the one before it is ready; one that waits for a
    later one (`on_daemon_ready`) lets that one go ahead. They are shut down in the reverse of the
    order in which they became ready, and each before those that it waited for.
    """

    def __init__(
        self,
        *daemons: DaemonBase,
        ready_timeout: float = 30.0,
        signals: Iterable[int] = SIGNALS,
        report_signal: int | None = None,
    ) -> None:
        """After each `ready_timeout` seconds of starting, a warning names those not ready.

        `serve()` ends at one of `signals`, and writes `report()` to stderr at `report_signal`.
        Raises TypeError for what is no daemon, ValueError for none or the same one twice.
        """
        for daemon in daemons:
            if not isinstance(daemon, DaemonBase):
                raise TypeError(f"a supervisor takes daemons, got {daemon!r}")
        if not daemons:
            raise ValueError("a supervisor needs at least one daemon")
        if len({id(daemon) for daemon in daemons}) < len(daemons):
            raise ValueError("a supervisor takes each daemon once")
        self.daemons = daemons
        self.ready_timeout = check_seconds(ready_timeout, "ready_timeout")
        self.exit_code = 0
        self._signals = tuple(signals)
        for number in (*self._signals, *([] if report_signal is None else [report_signal])):
            if not isinstance(number, int):
                raise TypeError(f"a signal must be given by its number, got {number!r}")
        self._report_signal = report_signal
        self._ready: list[DaemonBase] = []
        self._launched: list[DaemonBase] = []
        self._changed = asyncio.Event()
        self._stopping = False
        self._begun = False
        self._loop: asyncio.AbstractEventLoop | None = None

    # --- start ------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start all daemons; returns when all are ready.

        If one fails, or this is cancelled, all are shut down and the error is raised, with what
        the shutdown raised as context. Raises DaemonError when it was started before.
        """
        if self._begun:
            raise DaemonError("a supervisor starts once; make a new one, with new daemons")
        self._begun = True
        try:
            await self._start_all()
        except BaseException as error:
            try:
                await self.shutdown()
            except (Exception, BaseExceptionGroup) as later:
                chain(error, later)
            raise

    async def _start_all(self) -> None:
        loop = self._loop = asyncio.get_running_loop()
        tasks: list[asyncio.Task[None]] = []
        reminder: asyncio.TimerHandle | None = None

        def remind() -> None:
            nonlocal reminder
            missing = [daemon.name for daemon in self.daemons if daemon not in self._ready]
            log.warning("not ready after %g s: %s", self.ready_timeout, ", ".join(missing))
            reminder = loop.call_later(self.ready_timeout, remind)

        reminder = loop.call_later(self.ready_timeout, remind)
        try:
            for daemon in self.daemons:
                if _failed(tasks):
                    break
                await self._launch(daemon, tasks)
            await self._until(lambda: _failed(tasks) or all(task.done() for task in tasks))
        finally:
            reminder.cancel()
            for task in tasks:
                task.cancel()
            while not all(task.done() for task in tasks):
                await asyncio.wait(tasks)
        failures = [error for task in tasks if not task.cancelled() and (error := task.exception())]
        for later in failures[1:]:
            chain(failures[0], later)
        if failures:
            raise failures[0]
        for task in tasks:
            task.result()  # raises for one that was cancelled by others

    async def _launch(self, daemon: DaemonBase, tasks: list[asyncio.Task[None]]) -> None:
        """Begin one start, among `tasks` from now on; returns when the next daemon may start."""
        daemon._daemon_holdings().on_change = self._changed.set
        self._launched.append(daemon)
        task = asyncio.create_task(self._start_one(daemon), name=f"start {daemon.name}")
        tasks.append(task)
        task.add_done_callback(lambda _: self._changed.set())
        await self._until(lambda: self._may_go_on(daemon, task, tasks))

    async def _start_one(self, daemon: DaemonBase) -> None:
        await daemon.start()
        self._ready.append(daemon)

    def _may_go_on(
        self, daemon: DaemonBase, task: asyncio.Task[None], tasks: list[asyncio.Task[None]]
    ) -> bool:
        """Whether the next daemon may start: this one is ready, or waits for a later one."""
        if task.done() or _failed(tasks):
            return True
        launched = {one.name for one in self._launched}
        later = {one.name for one in self.daemons} - launched
        return not later.isdisjoint(daemon.stats()["waits_for"])

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._changed.clear()
            await self._changed.wait()

    # --- shutdown ---------------------------------------------------------------------------

    def shutdown_order(self) -> list[DaemonBase]:
        """The order in which the daemons end: the last ready first, waiters before their goals."""
        by_name = {daemon.name: daemon for daemon in self._launched}
        starting = [daemon for daemon in self._launched if daemon not in self._ready]
        order: dict[int, DaemonBase] = {}
        visiting: set[int] = set()

        def visit(daemon: DaemonBase) -> None:
            if id(daemon) in visiting:
                return  # placed already, or they wait for each other
            visiting.add(id(daemon))
            for waiter in daemon._daemon_holdings().waiters:
                if waiter.daemon in by_name:
                    visit(by_name[waiter.daemon])
            order[id(daemon)] = daemon

        for daemon in (*self._ready, *starting):
            visit(daemon)
        return list(reversed(order.values()))

    async def shutdown(self) -> None:
        """Shut all started daemons down, one after the other, whatever they raise.

        Raises one error as it is, several as a group; a cancellation leaves when all have ended.
        """
        errors: list[BaseException] = []
        cancelled: BaseException | None = None
        for daemon in self.shutdown_order():
            try:
                await daemon.shutdown()
            except (Exception, BaseExceptionGroup) as error:  # the others must still be shut down
                errors.append(error)
            except BaseException as error:
                cancelled = error
        if cancelled is not None:
            raise cancelled
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise BaseExceptionGroup("daemons shut down with errors", errors)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            await self.shutdown()
            return
        try:
            await self.shutdown()
        except (Exception, BaseExceptionGroup) as later:
            chain(error, later)

    # --- serving ----------------------------------------------------------------------------

    def stop(self, exit_code: int = 0) -> None:
        """Let `serve()` shut down and return `exit_code`; the first call decides.

        May be called from any thread, and from signal handlers.
        """
        if not self._stopping:
            self._stopping = True
            self.exit_code = exit_code
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    async def serve(self) -> int:
        """Start, run until a signal, `stop()` or the end of all daemons, and shut down.

        Returns the exit code: that of `stop()`, 128 plus the number of the signal, or 0. A second
        signal ends the process at once. Signal handlers are installed in the main thread only,
        and those that were there before are put back. Raises what a failed start or shutdown
        raises.
        """
        self._loop = asyncio.get_running_loop()
        with self._signal_handlers():
            start = self._loop.create_task(self.start(), name="start daemons")
            start.add_done_callback(lambda _: self._changed.set())
            try:
                await self._until(lambda: self._stopping or start.done())
            finally:
                start.cancel()
                while not start.done():
                    await asyncio.wait({start})
            if not start.cancelled():
                start.result()
                async with _shut_down_after(self):
                    await self._until(lambda: self._stopping or self._all_stopped())
        return self.exit_code

    def _all_stopped(self) -> bool:
        return all(daemon.stats()["state"] is State.STOPPED for daemon in self.daemons)

    @contextmanager
    def _signal_handlers(self) -> Generator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield  # Python gives signals to the main thread only
            return

        signalled = False  # stop() is no signal: the first one after it kills nothing

        def handle(number: int, frame: FrameType | None) -> None:
            nonlocal signalled
            if signalled:
                signal.signal(number, signal.SIG_DFL)
                signal.raise_signal(number)
            signalled = True
            self.stop(128 + number)

        before: dict[int, Any] = {}
        restore_report = None
        try:
            if self._report_signal is not None:
                restore_report = report_on_signal(self._report_signal)
            for number in self._signals:
                before[number] = signal.signal(number, handle)
            yield
        finally:
            for number, handler in before.items():
                # None stands for a handler that Python did not install: it cannot be put back.
                signal.signal(number, signal.SIG_DFL if handler is None else handler)
            if restore_report is not None:
                restore_report()


class _shut_down_after:
    """The supervisor's own `async with`, for daemons that have started already."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    async def __aenter__(self) -> None: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._supervisor.__aexit__(kind, error, trace)


def _failed(tasks: Iterable[asyncio.Task[None]]) -> bool:
    return any(task.done() and (task.cancelled() or task.exception()) for task in tasks)


def run(
    *daemons: DaemonBase,
    debug: bool | None = None,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
    ready_timeout: float = 30.0,
    report_signal: int | None = None,
) -> int:
    """Run daemons as a program until SIGINT or SIGTERM: `sys.exit(run(A(), B()))`.

    The same as `Supervisor(*daemons).serve()` in a new event loop, which `loop_factory` makes
    (`uvloop.new_event_loop`, say). Returns the exit code: 0, or 128 plus the signal's number.
    Raises RuntimeError if a loop runs already.
    """
    if asyncio._get_running_loop() is not None:
        raise RuntimeError("run() needs no running loop; here, await Supervisor(...).serve()")
    supervisor = Supervisor(*daemons, ready_timeout=ready_timeout, report_signal=report_signal)
    with asyncio.Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(supervisor.serve())
