"""The base class: registered handles, named intervals, readiness, and a leak-proof shutdown."""

from __future__ import annotations

import asyncio
import inspect
import logging
import warnings
from collections.abc import Awaitable, Coroutine
from types import TracebackType
from typing import Any, Final, Self, TypeVar, final

from daemonbase.contracts import cooperative, registers
from daemonbase.errors import DaemonClosedError, DaemonError
from daemonbase.events import SYSTEM_READY, EventBus, default_bus, is_cancelled, on_ready
from daemonbase.intervals import Interval, check_callback, check_seconds
from daemonbase.types import Callback, Handler, Unsubscribe

T = TypeVar("T")

JOIN_TIMEOUT: Final = 5.0
"""Seconds that `shutdown` waits for the tasks that it has cancelled."""


class Deferred:
    """A callback that waits for its time; `cancel()` drops it."""

    __slots__ = ("_daemon", "_handle", "callback")

    def __init__(self, daemon: _State, callback: Callback, delay: float) -> None:
        self.callback: Callback | None = callback
        self._daemon = daemon
        loop = asyncio.get_running_loop()
        self._handle: asyncio.Handle = (
            loop.call_later(delay, self._run) if delay else loop.call_soon(self._run)
        )
        daemon.deferred[self] = None

    def cancel(self) -> None:
        """Never run; does nothing once it has run."""
        self._handle.cancel()
        self._daemon.deferred.pop(self, None)
        self.callback = None

    def _run(self) -> None:
        callback = self.callback
        self.cancel()
        if callback is not None:
            self._daemon.call(callback, "deferred initialization")


class _State:
    """What a daemon holds. One object under one name, so that no attribute of a subclass clashes.

    `phase` is new, starting, running, stopping (the clean-up hook runs), closing or stopped.
    """

    def __init__(self, name: str, bus: EventBus, log: logging.Logger) -> None:
        self.name = name
        self.bus = bus
        self.log = log
        self.phase = "new"
        self.subscriptions: dict[object, Unsubscribe] = {}
        self.intervals: dict[str, Interval] = {}
        self.deferred: dict[Deferred, None] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.late: list[Callback] = []
        self.ended: asyncio.Event | None = None

    @property
    def closed(self) -> bool:
        return self.phase in ("closing", "stopped")

    def refuse(self, what: str) -> DaemonClosedError:
        return DaemonClosedError(f"{self.name} has shut down; {what} was released, not registered")

    def spawn(self, result: Awaitable[object], name: str) -> asyncio.Task[object]:
        """Run an awaitable in a task of the daemon."""
        task = asyncio.ensure_future(_awaited(result))
        task.set_name(f"{self.name}:{name}")
        self.own(task)
        return task

    def own(self, task: asyncio.Task[Any]) -> None:
        self.tasks.add(task)
        task.add_done_callback(self._task_done)

    def _task_done(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.log.error("task %r failed", task.get_name(), exc_info=error)

    def call(self, callback: Callback, what: str) -> None:
        """Call a callback now, its awaitable in a task; its errors are logged."""
        if self.closed:
            return
        try:
            result = callback()
        except (Exception, asyncio.CancelledError):
            self.log.exception("%s failed", what)
            return
        if result is not None and inspect.isawaitable(result):
            self.spawn(result, what)

    def release(self, errors: list[BaseException]) -> list[Awaitable[object]]:
        """Release everything, at once and without awaiting; what raises harms no other."""
        awaitables: list[Awaitable[object]] = []
        self.stop_intervals()
        self.unsubscribe_all(errors, awaitables)
        for deferred in list(self.deferred):
            deferred.cancel()
        self.late.clear()
        self.bus.forget_ready(self.name)
        return awaitables

    def stop_intervals(self) -> None:
        while self.intervals:
            self.intervals.popitem()[1].stop()

    def unsubscribe_all(
        self, errors: list[BaseException], awaitables: list[Awaitable[object]]
    ) -> None:
        while self.subscriptions:
            _, unsubscribe = self.subscriptions.popitem()
            try:
                result = unsubscribe()
                if result is not None and inspect.isawaitable(result):
                    awaitables.append(result)
            except BaseException as error:  # every one of the others must still be released
                self.log.error("an unsubscribe failed: %r", unsubscribe, exc_info=error)
                errors.append(error)


async def _awaited(result: Awaitable[T]) -> T:
    return await result


class DaemonBase:
    """Base class of long-lived asyncio objects.

    Subclasses register what they acquire; `shutdown()` gives it all back, whatever else fails.
    Override `initialize()` and `cleanup()`; `start()` and `shutdown()` are final. A daemon is used
    from one event loop and one thread. Constructing one needs no running loop.
    """

    name: str = ""
    """The daemon's name: the constructor's, else the class's `name`, else the class's own name."""

    def __init__(
        self,
        name: str | None = None,
        *,
        bus: EventBus | None = None,
        logger: logging.Logger | None = None,
    ) -> None:
        """`bus` defaults to one shared by the process; `logger` to a child of `daemonbase`."""
        self.name = name or type(self).name or type(self).__name__
        self.bus = bus if bus is not None else default_bus
        self.log = logger or logging.getLogger("daemonbase").getChild(self.name)
        self._daemon_state = _State(self.name, self.bus, self.log)

    def _daemon_(self, handed: Unsubscribe | None = None, what: str = "") -> _State:
        """The state; `handed` is released and DaemonClosedError raised if the daemon is closed."""
        try:
            state = self._daemon_state
        except AttributeError:
            raise DaemonError(
                f"{type(self).__name__}.__init__() has not called super().__init__(); "
                "call it before anything is registered"
            ) from None
        if what and state.closed:
            if handed is not None:
                handed()
            raise state.refuse(what)
        return state

    # --- hooks ------------------------------------------------------------------------------

    async def initialize(self) -> None:
        """Set up: override to subscribe, register intervals and tasks. Called by `start()`."""

    async def cleanup(self) -> None:
        """Clean up what is not registered: override. Everything is still alive when it runs."""

    # --- life -------------------------------------------------------------------------------

    @final
    @cooperative
    async def start(self) -> None:
        """Run `initialize()`, then announce the daemon as ready on its bus.

        If `initialize()` raises, the daemon is shut down and the error raised. Raises DaemonError
        if it was started before.
        """
        state = self._daemon_()
        if state.phase != "new":
            raise DaemonError(f"{state.name} cannot be started: it is {state.phase}")
        state.phase = "starting"
        try:
            await self.initialize()
        except BaseException:
            await self.shutdown()
            raise
        if state.phase != "starting":
            return  # shut down meanwhile
        state.phase = "running"
        for callback in state.late:
            state.call(callback, "a ready callback")
        state.late.clear()
        state.log.info("started")
        await state.bus.emit(SYSTEM_READY, {"daemon": state.name})

    @final
    @cooperative
    async def shutdown(self, *, join_timeout: float = JOIN_TIMEOUT) -> None:
        """Run `cleanup()`, then release intervals, subscriptions, deferred calls and tasks.

        The release runs whatever the hook does. Errors are logged, and raised at the end: one as
        it is, several as one group. A cancellation is delivered to the hook, and leaves after the
        release. Cancelled tasks are waited for up to `join_timeout` seconds. Calling it again
        waits for the first call and returns; from inside an own interval or task it neither
        cancels nor waits for the caller.
        """
        state = self._daemon_()
        caller = asyncio.current_task()
        if state.ended is not None:
            if caller not in state.tasks:
                await state.ended.wait()
            return
        state.ended = asyncio.Event()
        state.phase = "stopping"
        state.log.info("shutting down")
        errors: list[BaseException] = []
        cancelled: asyncio.CancelledError | None = None
        try:
            # A subclass may well write a plain `def cleanup`.
            hook: object = self.cleanup()
            if hook is not None and inspect.isawaitable(hook):
                await hook
        except asyncio.CancelledError as error:
            if is_cancelled():
                cancelled = error
            else:
                state.log.exception("cleanup() was cancelled from inside")
                errors.append(error)
        except BaseException as error:
            state.log.exception("cleanup() failed; the rest is released all the same")
            errors.append(error)
        state.phase = "closing"
        awaitables = state.release(errors)
        joined = {task for task in state.tasks if task is not caller}
        for task in joined:
            task.cancel()
        joined.update(state.spawn(item, "an async unsubscribe") for item in awaitables)
        cancelled = await _join(state, joined, join_timeout) or cancelled
        state.phase = "stopped"
        state.ended.set()
        state.log.info("shut down")
        if cancelled is not None:
            raise cancelled
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise BaseExceptionGroup(f"{state.name} shut down with errors", errors)

    async def aclose(self) -> None:
        """The same as `shutdown()`, for `contextlib.aclosing`."""
        await self.shutdown()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.shutdown()

    # --- subscriptions ----------------------------------------------------------------------

    @final
    def subscribe(self, event: str, handler: Handler) -> Unsubscribe:
        """Subscribe to an event of the daemon's bus until shutdown; the result ends it sooner."""
        state = self._daemon_(None, "a subscription")
        subscription = state.bus.subscribe(event, handler)
        return self._daemon_token(state, subscription)

    @staticmethod
    def _daemon_token(state: _State, unsubscribe: Unsubscribe) -> Unsubscribe:
        """Register under a token of its own, so that it can be dropped before shutdown."""
        token = object()
        state.subscriptions[token] = unsubscribe

        def end() -> None:
            known = state.subscriptions.pop(token, None)
            if known is not None:
                known()

        return end

    @registers
    @final
    def register_subscription(self, unsubscribe: Unsubscribe) -> Unsubscribe:
        """Call `unsubscribe()` at shutdown, last registered first; returns it.

        Registered twice it is called twice. Raises TypeError if it cannot be called, and
        DaemonClosedError, after calling it, when the daemon has shut down.
        """
        if not callable(unsubscribe):
            raise TypeError(f"unsubscribe must be callable, got {unsubscribe!r}")
        state = self._daemon_(unsubscribe, "a subscription")
        state.subscriptions[object()] = unsubscribe
        return unsubscribe

    @final
    def cleanup_subscriptions(self) -> None:
        """End all registered subscriptions now; more may be registered afterwards.

        Errors are logged, none stops the others.
        """
        state = self._daemon_()
        awaitables: list[Awaitable[object]] = []
        state.unsubscribe_all([], awaitables)
        for awaitable in awaitables:
            state.spawn(awaitable, "an async unsubscribe")

    # --- intervals --------------------------------------------------------------------------

    @final
    def register_interval(
        self, name: str, callback: Callback, seconds: float, *, immediate: bool = False
    ) -> None:
        """Call `callback()` every `seconds` until shutdown, on a grid that does not drift.

        An interval of the same name is replaced: it ticks no more, its running callback ends.
        Errors are logged and the interval goes on. `immediate` ticks once at the next loop step.
        Raises TypeError or ValueError for a wrong callback or number of seconds.
        """
        check_callback(callback, "the callback")
        period = check_seconds(seconds, "seconds")
        state = self._daemon_(None, f"interval '{name}'")
        self.clear_interval(name)
        state.intervals[name] = Interval(
            name, callback, period, immediate=immediate, spawn=state.spawn, log=state.log
        )

    @final
    def clear_interval(self, name: str) -> bool:
        """Stop an interval; whether there was one. A running callback is left to end."""
        interval = self._daemon_().intervals.pop(name, None)
        if interval is None:
            return False
        interval.stop()
        return True

    @final
    def cleanup_intervals(self) -> None:
        """Stop all intervals now; more may be registered afterwards."""
        self._daemon_().stop_intervals()

    # --- tasks ------------------------------------------------------------------------------

    @final
    def register_task(
        self, coro: Coroutine[Any, Any, T] | asyncio.Task[T], *, name: str | None = None
    ) -> asyncio.Task[T]:
        """Run a coroutine in a task that shutdown cancels and waits for; its errors are logged.

        A task is taken over as it is. Raises DaemonClosedError, having closed the coroutine or
        cancelled the task, when the daemon has shut down.
        """
        if isinstance(coro, asyncio.Task):
            state = self._daemon_(coro.cancel, "a task")
            state.own(coro)
            return coro
        if not inspect.iscoroutine(coro):
            raise TypeError(f"register_task() takes a coroutine or a task, got {coro!r}")
        state = self._daemon_(coro.close, "a task")
        task = asyncio.get_running_loop().create_task(coro)
        task.set_name(f"{state.name}:{name or coro.__name__}")
        state.own(task)
        return task

    # --- readiness --------------------------------------------------------------------------

    @final
    def on_daemon_ready(self, daemon: str, callback: Callback) -> Unsubscribe:
        """Call `callback()` when the named daemon announces itself, and each time it does again.

        If it is ready already, the callback runs at the next loop step (or when this daemon
        starts, if no loop runs yet). Ends at shutdown; the result ends it sooner.
        """
        check_callback(callback, "the callback")
        state = self._daemon_(None, "a ready callback")

        def ready() -> Awaitable[object] | object:
            state.log.info("%s is ready", daemon)
            return callback()

        end = self._daemon_token(state, on_ready(state.bus, daemon, ready))
        if state.bus.is_ready(daemon):
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                state.late.append(ready)
            else:
                Deferred(state, ready, 0.0)
        return end

    @final
    def defer_initialization(self, callback: Callback, delay: float = 2.0) -> Deferred:
        """Call `callback()` once after `delay` seconds, unless the daemon shuts down before.

        The result has `cancel()`. Errors are logged.
        """
        check_callback(callback, "the callback")
        seconds = check_seconds(delay, "delay", zero=True)
        return Deferred(self._daemon_(None, "a deferred call"), callback, seconds)

    # --- introspection ----------------------------------------------------------------------

    def stats(self) -> dict[str, Any]:
        """What the daemon holds now: its phase, and the number of live things of each kind."""
        state = self._daemon_()
        return {
            "name": state.name,
            "state": state.phase,
            "subscriptions": len(state.subscriptions),
            "intervals": {
                name: {"seconds": item.seconds, "ticks": item.ticks, "missed": item.missed}
                for name, item in state.intervals.items()
            },
            "deferred": len(state.deferred),
            "tasks": len(state.tasks),
        }

    def __repr__(self) -> str:
        state = self.__dict__.get("_daemon_state")
        phase = state.phase if state is not None else "not initialised"
        return f"<{type(self).__name__} {self.name!r} {phase}>"

    def __del__(self) -> None:
        state = self.__dict__.get("_daemon_state")
        if state is not None and state.phase in ("starting", "running"):
            held = len(state.subscriptions) + len(state.intervals) + len(state.tasks)
            warnings.warn(
                f"{self!r} was collected without shutdown(), holding {held} live handles",
                ResourceWarning,
                source=self,
                stacklevel=1,
            )


async def _join(
    state: _State, tasks: set[asyncio.Task[Any]], timeout: float
) -> asyncio.CancelledError | None:
    """Wait for cancelled tasks up to `timeout` seconds; cancellations are kept for later."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout
    cancelled: asyncio.CancelledError | None = None
    while (pending := {task for task in tasks if not task.done()}) and loop.time() < deadline:
        try:
            await asyncio.wait(pending, timeout=deadline - loop.time())
        except asyncio.CancelledError as error:
            cancelled = error
    for task in pending:
        stack = "".join(str(frame) for frame in task.get_stack(limit=3))
        state.log.error(
            "task %r ignored its cancellation for %g s and is left behind: %s",
            task.get_name(),
            timeout,
            stack,
        )
    return cancelled
