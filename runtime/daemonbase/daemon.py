"""The base class: registered handles, named intervals, readiness, and a leak-proof shutdown."""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import weakref
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from types import BuiltinFunctionType, FunctionType, MethodType, TracebackType
from typing import Any, NoReturn, ParamSpec, Self, TypeVar, overload

from daemonbase import tracking
from daemonbase.checks import (
    check_callback,
    check_name,
    check_result,
    check_seconds,
    is_awaitable,
    release_of,
)
from daemonbase.contracts import acquires, cooperative, final, registers, releases
from daemonbase.errors import DaemonClosedError, DaemonError, shown
from daemonbase.events import Event, EventBus, default_bus
from daemonbase.handles import Registration
from daemonbase.holdings import Holdings
from daemonbase.intervals import register
from daemonbase.introspection import warn_forgotten
from daemonbase.readiness import Deferred, Waiter
from daemonbase.shutdown import CLEANUP_TIMEOUT, JOIN_TIMEOUT, Shutdown
from daemonbase.starting import Starting, shut_after
from daemonbase.subscriptions import PrefixSubscription, Subscription
from daemonbase.types import (
    Callback,
    DaemonStats,
    ErrorHandler,
    Handle,
    Handler,
    LiveHandle,
    State,
    Unsubscribe,
)

T = TypeVar("T")
P = ParamSpec("P")
H = TypeVar("H", bound=Handle)

_PLAIN = frozenset((MethodType, BuiltinFunctionType, functools.partial))


class DaemonBase:
    """Base class of long-lived asyncio objects.

    Subclasses register what they acquire; `shutdown()` gives it all back, whatever else fails.
    Override `initialize()` and `cleanup()`; all the rest is final. A daemon is used from one event
    loop and one thread: in debug mode a call from another raises RuntimeError. Constructing one
    needs no running loop.
    """

    name: str = ""
    """The daemon's name: the constructor's, else the class's `name`, else the class's own name.

    A property of this name counts if it can be read in `DaemonBase.__init__`.
    """

    cleanup_timeout: float = CLEANUP_TIMEOUT
    """Seconds that `cleanup()` may take before it is cancelled."""

    join_timeout: float = JOIN_TIMEOUT
    """Seconds that `shutdown()` waits for tasks it has cancelled and handlers still running."""

    @cooperative
    def __init__(
        self,
        name: str | None = None,
        *,
        bus: EventBus | None = None,
        logger: logging.Logger | None = None,
    ) -> None:
        """`bus` defaults to one shared by the process; `logger` to a child of `daemonbase`.

        Raises TypeError if the name is no string. Loggers live as long as the process: name
        daemons after what they do, or hand in a logger.
        """
        if name is not None:
            check_name(name, "name")
        if bus is not None and not isinstance(bus, EventBus):
            raise TypeError(f"bus must be an EventBus, got {bus!r}")
        named = name or self._daemon_name()
        with suppress(AttributeError):  # a property of the subclass, which keeps its own value
            self.name = named
        self.bus = bus if bus is not None else default_bus
        self.log = logger or logging.getLogger("daemonbase").getChild(named)
        self._daemon_state = holdings = Holdings(named, self.bus, self.log)
        tracking.live_daemons[id(self)] = weakref.ref(self)
        if tracking.debug:
            holdings.place = tracking.here(made=self)
            if tracking.tracker is not None:
                tracking.tracker.daemon_made(holdings)

    def _daemon_name(self) -> str:
        """The name that the class gives, where it can be told already and is one."""
        try:
            found: object = self.name
        except AttributeError:  # a property of what the subclass is about to set
            found = None
        return found if isinstance(found, str) and found else type(self).__name__

    def _daemon_holdings(self) -> Holdings:
        try:
            return self._daemon_state
        except AttributeError:
            raise DaemonError(
                f"{type(self).__name__}.__init__() has not called super().__init__(); "
                "call it before anything is registered"
            ) from None

    def _daemon_(self, what: str = "", release: Callable[[], object] | None = None) -> Holdings:
        """What the daemon holds, for a call from its own loop and thread.

        With `what`, the thing to be registered: if the daemon has ended, `release` is called and
        DaemonClosedError raised.
        """
        holdings = self._daemon_holdings()
        if holdings.debug:
            holdings.check_caller()
        if what and holdings.closed:
            raise holdings.refuse(what, release) if release else holdings.refusal(what)
        return holdings

    # --- hooks ------------------------------------------------------------------------------

    async def initialize(self) -> None:
        """Set up: override to subscribe, register intervals and tasks. Called by `start()`."""

    async def cleanup(self) -> None:
        """Clean up what is not registered: override. Everything is still alive when it runs."""

    # --- life -------------------------------------------------------------------------------

    @cooperative
    @final
    async def start(self) -> None:
        """Run `initialize()`, then announce the daemon as ready on its bus.

        If that raises or is cancelled, the daemon is shut down and the error raised. If
        `shutdown()` is called meanwhile, by whomever, DaemonClosedError is raised. Raises
        DaemonError if it was started before, DaemonClosedError if it has been shut down, TypeError
        or ValueError if `cleanup_timeout` or `join_timeout` is no number of seconds.
        """
        holdings = self._daemon_()
        check_seconds(self.cleanup_timeout, "cleanup_timeout", zero=True)
        check_seconds(self.join_timeout, "join_timeout", zero=True)
        if holdings.state is not State.NEW:
            over = holdings.state in (State.STOPPING, State.STOPPED)
            raise (DaemonClosedError if over else DaemonError)(
                f"{holdings.name} cannot be started: it is {holdings.state}; make a new one"
            )
        await Starting(self, holdings).run()

    @cooperative
    @final
    async def shutdown(
        self, *, cleanup_timeout: float | None = None, join_timeout: float | None = None
    ) -> None:
        """Run `cleanup()`, then release intervals, subscriptions, deferred calls and tasks.

        The release runs whatever the hook does: returns, raises, is cancelled, or takes longer
        than `cleanup_timeout` seconds, after which it is cancelled. Cancelled tasks and handlers
        that still run are waited for up to `join_timeout` seconds. The defaults are the
        attributes of the same names.

        Errors are logged, and raised at the end: one as it is, several (or a stray CancelledError)
        as one group. A cancellation is delivered to the hook, and leaves after the release.
        Calling it again waits for the first call, which alone gets the errors. From inside an own
        interval, task or handler it neither cancels nor waits for the caller.
        """
        try:
            holdings = self._daemon_state
        except AttributeError:
            holdings = self._daemon_()
        if holdings.debug:
            holdings.check_caller()
        if cleanup_timeout is not None:
            check_seconds(cleanup_timeout, "cleanup_timeout", zero=True)
        if join_timeout is not None:
            check_seconds(join_timeout, "join_timeout", zero=True)
        first = holdings.ending
        if first is not None:
            if first.done:
                return
            if not first.loop.is_closed():
                await first.wait()
                return
        holdings.ending = ending = Shutdown(holdings, holdings.bind("shutdown()"))
        try:
            await ending.run(self, first is None, cleanup_timeout, join_timeout)
        finally:
            tracking.live_daemons.pop(id(self), None)

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
        """Shut down. An exception of the body is raised, with those of the shutdown as context."""
        if error is None:
            await self.shutdown()
        else:
            await shut_after(self, error)

    # --- subscriptions ----------------------------------------------------------------------

    @overload
    def subscribe(
        self, event: Event[T], handler: Callable[[T], Awaitable[object] | object]
    ) -> LiveHandle: ...
    @overload
    def subscribe(self, event: str, handler: Handler) -> LiveHandle: ...
    @acquires("subscription", owned=True)
    @final
    def subscribe(self, event: Any, handler: Handler) -> LiveHandle:
        """Subscribe to an event of the daemon's bus until shutdown; the result ends it sooner.

        Raises TypeError for a wrong event or handler, DaemonClosedError after the shutdown.
        """
        try:
            holdings = self._daemon_state
        except AttributeError:
            holdings = self._daemon_()
        if holdings.guarded:
            self._daemon_("a subscription")
        handle = holdings.bus.subscribe(event, handler)
        if type(handle) is not Subscription:
            return self._daemon_adopt(holdings, handle)
        handle.owner = holdings
        holdings.listens = True
        holdings.subscriptions.append(handle)
        return handle

    def _daemon_adopt(self, holdings: Holdings, handle: Unsubscribe) -> LiveHandle:
        """Register a handle such that it can be ended before the shutdown."""
        if not isinstance(handle, Subscription):  # a bus of the user's own
            return self._daemon_register(holdings, handle, handle)
        handle.owner = holdings
        holdings.listens = True
        if isinstance(handle, PrefixSubscription):
            for child in handle.children:
                child.owner = holdings
        holdings.subscriptions.append(handle)
        return handle

    @staticmethod
    def _daemon_register(holdings: Holdings, handle: object, release: Unsubscribe) -> Registration:
        registration = Registration(holdings, handle, release)
        holdings.subscriptions.append(registration)
        return registration

    @registers
    @final
    def register_subscription(self, handle: H) -> H:
        """Release a handle at shutdown, the last registered first; returns the handle.

        A handle is a callable, or an object with `unsubscribe`, `dispose`, `cancel` or `close`
        (the first of these that it has). An awaitable that the release returns is awaited.
        Registered twice it is released twice. Raises TypeError if it is no handle (for a generator
        function: here in debug mode, else at its release), and
        DaemonClosedError, after releasing it, when the daemon has shut down.
        """
        try:
            holdings = self._daemon_state
        except AttributeError:
            holdings = self._daemon_()
        kind = type(handle)
        if (kind is FunctionType or kind in _PLAIN) and not holdings.guarded:
            plain: Any = handle
            holdings.subscriptions.append(plain)
            return handle
        release = release_of(handle)
        holdings = self._daemon_("a subscription", release)
        known: object = handle
        if isinstance(known, Subscription) and known.active and known.owner is None:
            self._daemon_adopt(holdings, known)
        else:
            self._daemon_register(holdings, handle, release)
        return handle

    @registers
    @final
    def register_pair(
        self, undo: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs
    ) -> Registration:
        """Call `undo(*args, **kwargs)` at shutdown, for an acquire that gives no handle.

            emitter.on("data", self.on_data)
            self.register_pair(emitter.off, "data", self.on_data)

        The result undoes it sooner. Raises TypeError if `undo` cannot be called, and
        DaemonClosedError, after calling it, when the daemon has shut down.
        """
        check_callback(undo, "the undoing function")
        release = functools.partial(undo, *args, **kwargs)
        return self._daemon_register(self._daemon_("a pair", release), undo, release)

    @releases
    @final
    def unregister_subscription(self, handle: object) -> bool:
        """Release a registered handle now; whether it was registered.

        Of a handle registered twice, the last one is released. What the release raises is raised;
        an awaitable that it returns is awaited in a task of the daemon.
        """
        holdings = self._daemon_()
        for position in range(len(holdings.subscriptions) - 1, -1, -1):
            entry = holdings.subscriptions[position]
            if isinstance(entry, (Subscription, Registration, Waiter)) and not entry.active:
                continue
            held = entry.handle if isinstance(entry, Registration) else entry
            if held is handle or held == handle:
                del holdings.subscriptions[position]
                result = entry()
                if is_awaitable(result):
                    holdings.finish(result, "unsubscribe", shown(handle))
                else:
                    check_result(result)
                return True
        return False

    @final
    def cleanup_subscriptions(self) -> None:
        """End all registered subscriptions now; more may be registered afterwards.

        Errors are logged, none stops the others. Async ones go on in tasks of the daemon.
        """
        holdings = self._daemon_()
        ending = holdings.ending if holdings.closed else None
        # From inside of the release, what is raised is the shutdown's.
        holdings.unsubscribe_all(ending.errors if ending is not None else [])

    # --- intervals --------------------------------------------------------------------------

    @acquires("interval", owned=True)
    @final
    def register_interval(
        self,
        name: str,
        callback: Callback,
        seconds: float,
        *,
        immediate: bool = False,
        jitter: float = 0.0,
        on_error: ErrorHandler | None = None,
    ) -> None:
        """Call `callback()` every `seconds` until shutdown, on a grid that does not drift.

        An interval of the same name is replaced: it ticks no more; its running callback goes on,
        and is waited for at shutdown. `immediate` ticks for the first time at the next loop step.
        Each tick comes up to `jitter` seconds late, at random; the grid stays. An exception is
        logged, given to `on_error`, and the interval goes on. Ticks that come while the callback
        runs are skipped and counted. Raises TypeError or ValueError for wrong arguments,
        RuntimeError without a running loop, DaemonClosedError after the shutdown.
        """
        register(self._daemon_, name, callback, seconds, immediate, jitter, on_error)

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
        intervals = self._daemon_().intervals
        while intervals:
            intervals.popitem()[1].stop()

    # --- tasks ------------------------------------------------------------------------------

    @acquires("task", owned=True)
    @final
    def register_task(
        self, coro: Coroutine[Any, Any, T] | asyncio.Task[T], *, name: str | None = None
    ) -> asyncio.Task[T]:
        """Run a coroutine in a task that shutdown cancels and waits for.

        A task is taken over as it is. It is held until it is done; an exception that nobody
        retrieves is logged. Raises TypeError for other things, RuntimeError without a running
        loop, and DaemonClosedError, having closed the coroutine or cancelled the task, when the
        daemon has shut down.
        """
        if name is not None:
            check_name(name, "a task's name")
        if isinstance(coro, asyncio.Task):
            holdings = self._daemon_("a task", coro.cancel)
            holdings.bind("register_task()")
            task = coro
            if name is not None:
                task.set_name(f"{holdings.name}:{name}")
        elif inspect.iscoroutine(coro):
            holdings = self._daemon_("a task", coro.close)
            try:
                loop = holdings.bind("register_task()")
            except RuntimeError:
                coro.close()
                raise
            label = f"{holdings.name}:{name or coro.__name__}"
            task = loop.create_task(coro, name=label)
        else:
            hint = "; call it to make one" if inspect.iscoroutinefunction(coro) else ""
            raise TypeError(f"register_task() takes a coroutine or a task, got {coro!r}{hint}")
        place = tracking.here() if holdings.debug else None
        holdings.own(task, place)
        if holdings.closed and holdings.ending is not None and not holdings.ending.spares(task):
            # One that begins at once (Python 3.12+) let the daemon end before it was known here.
            task.cancel()
        return task

    # --- readiness --------------------------------------------------------------------------

    @acquires("subscription", owned=True)
    @final
    def on_daemon_ready(
        self, daemon: str, callback: Callback, *, timeout: float | None = None
    ) -> LiveHandle:
        """Call `callback()` when the named daemon announces itself, and each time it does again.

        If it is ready already, the callback runs at the next loop step (or when this daemon
        starts, if no loop runs yet). An async callback runs in a task of this daemon. If the
        daemon is not ready after `timeout` seconds, a warning names it; the wait goes on. Ends at
        shutdown; the result ends it sooner. Raises TypeError or ValueError for wrong arguments,
        DaemonClosedError after the shutdown.
        """
        check_name(daemon, "the daemon's name")
        check_callback(callback, f"the callback for '{daemon}'")
        seconds = None if timeout is None else check_seconds(timeout, "timeout")
        holdings = self._daemon_("a ready callback")
        place = tracking.here() if holdings.debug else None
        waiter = Waiter(holdings, daemon, callback, seconds, place)
        with suppress(RuntimeError):  # without a loop, start() does it
            waiter.arm(asyncio.get_running_loop())
        if holdings.on_change is not None:
            holdings.on_change()
        return waiter

    @acquires("interval", owned=True)
    @final
    def defer_initialization(self, callback: Callback, delay: float = 2.0) -> Deferred:
        """Call `callback()` once after `delay` seconds, unless the daemon shuts down before.

        The result has `cancel()`. An exception is logged. Raises TypeError or ValueError for wrong
        arguments, RuntimeError without a running loop, DaemonClosedError after the shutdown.
        """
        check_callback(callback, "the callback")
        seconds = check_seconds(delay, "delay", zero=True)
        holdings = self._daemon_("a deferred call")
        deferred = Deferred(holdings, callback, seconds, holdings.bind("defer_initialization()"))
        if holdings.debug:
            deferred.place = tracking.here()
        return deferred

    # --- introspection ----------------------------------------------------------------------

    def stats(self) -> DaemonStats:
        """What the daemon holds now, what went wrong, and how long things took (seconds)."""
        return self._daemon_holdings().stats()

    def __repr__(self) -> str:
        holdings = self.__dict__.get("_daemon_state")
        state = holdings.state if holdings is not None else "not initialised"
        return f"<{type(self).__name__} {self.name!r} {state}>"

    def __reduce__(self) -> NoReturn:
        """Refuse `copy` and `pickle`: two daemons would hold, and end, the same things."""
        raise TypeError(f"{self!r} cannot be copied or pickled; make a new one")

    def __del__(self) -> None:
        holdings: Holdings | None = self.__dict__.get("_daemon_state")
        if tracking is None:  # at the end of the interpreter the modules go first
            return
        tracking.live_daemons.pop(id(self), None)
        if holdings is None or holdings.ending is not None:
            return
        if holdings.announcement is not None:  # who waits for it must not take it for alive
            holdings.bus.forget_ready(holdings.name, holdings.announcement)
        warn_forgotten(self, holdings)
