"""The order of a daemon's end: hook, intervals, subscriptions, deferred calls, tasks, join.

The whole release between the hook and the join is synchronous: no cancellation can cut it in two.
A shutdown in a background task behind `asyncio.shield` would not hold: the cancel-all at the end of
`asyncio.run` reaches that task, too, and its caller leaves before the release.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Final

from daemonbase import tracking
from daemonbase.bounded import Bounded
from daemonbase.checks import check_result, check_seconds, is_awaitable
from daemonbase.subscriptions import all_running
from daemonbase.types import State

if TYPE_CHECKING:
    from daemonbase.daemon import DaemonBase
    from daemonbase.holdings import Holdings

CLEANUP_TIMEOUT: Final = 10.0
"""Seconds that `cleanup()` may take."""

JOIN_TIMEOUT: Final = 5.0
"""Seconds that `shutdown` waits for tasks that it has cancelled, and handlers still running."""

_LAST_GRACE: Final = 1.0
"""Seconds, at most, for async unsubscribes that the end of the join has cancelled."""


_ENDED: Final = object()
_STOPPING: Final = State.STOPPING
_STOPPED: Final = State.STOPPED


class Shutdown:
    """One shutdown, run by its first caller in that caller's own task."""

    __slots__ = (
        "_by",
        "_caller",
        "_cancelled",
        "_holdings",
        "_is_said",
        "_waiting",
        "done",
        "errors",
        "loop",
    )

    def __init__(self, holdings: Holdings, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.done = False
        self.errors: list[BaseException] = []
        self._holdings = holdings
        self._caller = asyncio.current_task()
        self._by = id(self._caller)
        self._cancelled: asyncio.CancelledError | None = None
        self._is_said = True  # whether the logger takes what it is told of the course of things
        self._waiting: dict[asyncio.Future[None], asyncio.Task[Any] | None] | None = None

    # --- the first caller -------------------------------------------------------------------

    async def run(
        self,
        daemon: DaemonBase,
        hooked: bool,
        cleanup_timeout: float | None,
        join_timeout: float | None,
    ) -> None:
        """Go through all of it; raises the cancellation of the caller, else what went wrong.

        Unless `hooked`, the hook is left out: a first shutdown has called it, whose loop was closed
        before the release. A timeout of None is the daemon's attribute.
        """
        holdings = self._holdings
        began = self.loop.time()
        holdings.state = _STOPPING
        try:
            self._is_said = holdings.hears(logging.INFO)
            if self._is_said:
                holdings.say(logging.INFO, "shutting down")
            before = self._caller.cancelling() if self._caller is not None else 0
            waiting = self._begin(daemon) if hooked else None
            if waiting is not None:
                timeout = self._seconds(daemon, "cleanup_timeout", cleanup_timeout, CLEANUP_TIMEOUT)
                join_timeout = self._seconds(daemon, "join_timeout", join_timeout, JOIN_TIMEOUT)
                hook = Bounded(*waiting, timeout, join_timeout)
                await hook
                self._hook_ended(hook, before)
            self._release()
            if holdings.tasks or all_running:
                await self._join(self._seconds(daemon, "join_timeout", join_timeout, JOIN_TIMEOUT))
        finally:
            try:
                # This very coroutine was closed while the hook ran, or a log handler has raised.
                if not holdings.closed:
                    self._release()
            finally:
                self._end(began)
        if self._cancelled is None and not self.errors:
            del self._holdings
            return
        errors, self.errors = self.errors, []
        try:
            if self._cancelled is not None:
                raise self._cancelled
            # A stray CancelledError alone would pass for a cancellation of the caller.
            if len(errors) == 1 and not isinstance(errors[0], asyncio.CancelledError):
                raise errors[0]
            raise BaseExceptionGroup(f"{holdings.name} shut down with errors", tuple(errors))
        finally:
            # No circle is left: each error has seen this list in some frame of its traceback.
            errors.clear()
            self._cancelled = None
            del self._holdings

    def _begin(self, daemon: DaemonBase) -> tuple[Coroutine[Any, Any, object], object] | None:
        """Call the subclass's hook; it and what it waits for, unless it is over at once."""
        try:
            result: Any = daemon.cleanup()
            known: object = result  # `result` itself would be narrowed to a half known type
            if type(known) is not CoroutineType:
                if result is None or not is_awaitable(result):
                    check_result(result, "cleanup()")
                    return None  # a subclass may well write a plain `def cleanup`
                result = _awaited(result)
            coroutine: Coroutine[Any, Any, object] = result
            # Half of what `send` takes, which makes a StopIteration of the end.
            waits_for: object = next(coroutine.__await__(), _ENDED)
        except BaseException as error:
            self._collect("cleanup()", error)
            return None
        return None if waits_for is _ENDED else (coroutine, waits_for)

    def _seconds(self, daemon: DaemonBase, name: str, given: float | None, default: float) -> float:
        """A timeout, asked for when something waits: most daemons end at once.

        A wrong attribute must not keep the daemon from ending.
        """
        if given is not None:
            return given
        try:
            return check_seconds(getattr(daemon, name), name, zero=True)
        except Exception as error:
            self._holdings.failed("timeout", self._holdings.name, error, self._holdings.place)
            return default

    def _hook_ended(self, hook: Bounded, before: int) -> None:
        """Sort out how the hook ended: well, late, with an error, cancelled from outside."""
        task = self._caller
        error, hook.error = hook.error, None
        if hook.overdue:
            late = TimeoutError(
                f"cleanup() of {self._holdings.name} took longer than {hook.timeout:g} s"
                + (" and ignored its cancellation" if hook.abandoned else "")
            )
            late.__cause__ = error
            error = late
        if task is not None and task.cancelling() > before:
            # Whatever the hook has made of it: passed it on, swallowed it, failed over it.
            self._cancelled = hook.cancelled or asyncio.CancelledError()
        if error is not None and not (
            isinstance(error, asyncio.CancelledError) and self._cancelled is not None
        ):
            self._collect("cleanup()", error)

    def _collect(self, kind: str, error: BaseException) -> None:
        self.errors.append(error)
        self._holdings.failed(kind, self._holdings.name, error, self._holdings.place)

    # --- the release, which nothing interrupts ----------------------------------------------

    def _release(self) -> None:
        holdings = self._holdings
        holdings.closed = holdings.guarded = True  # what is handed over now is released at once
        mine: list[asyncio.Task[Any]] = []
        if holdings.tasks:
            mine += [
                task
                for task in holdings.tasks
                if not self._inside(task) and task not in holdings.finishing
            ]
        if holdings.clock is not None:  # one that runs now sees that the daemon has closed
            holdings.clock.close()
            holdings.intervals.clear()
        if holdings.listens:
            holdings.silence()
        holdings.unsubscribe_all(self.errors)
        while holdings.deferred:
            next(iter(holdings.deferred)).cancel()
        if holdings.announcement is not None:
            holdings.bus.forget_ready(holdings.name, holdings.announcement)
        starter = holdings.starter
        if starter is not None and not self._inside(starter):
            holdings.interrupted = True
            mine.append(starter)
        for task in mine:
            try:
                task.cancel()
            except RuntimeError as error:  # its loop is closed
                holdings.say(
                    logging.WARNING,
                    "task %r of %s cannot be cancelled: %s",
                    (task.get_name(), holdings.name, error),
                    kind="task",
                    handle=task.get_name(),
                )

    # --- the join ---------------------------------------------------------------------------

    def _pending(self) -> list[asyncio.Task[Any] | None]:
        """What must end before the shutdown has: own tasks, and own code in foreign tasks."""
        holdings = self._holdings
        return [
            task
            for task in (*holdings.tasks, *holdings.running_elsewhere())
            if not self._inside(task) and (task is None or task.get_loop() is self.loop)
        ]

    def _inside(self, task: asyncio.Task[Any] | None) -> bool:
        """Whether a task is inside of shutdown(), or awaits one that is, itself or by gather().

        Such tasks are neither cancelled nor waited for: they wait for us.
        """
        # By identity: a future of somebody's own class need not be hashable.
        insiders = {id(self._caller), *map(id, (self._waiting or {}).values())}
        if id(task) in insiders:
            return True
        seen: set[int] = set()
        left: list[Any] = [task]
        while left:
            one = left.pop()
            if one is None or id(one) in seen:
                continue
            if id(one) in insiders:
                return True
            seen.add(id(one))
            awaited = getattr(one, "_fut_waiter", None)  # private; anyio reads it, too
            left += (awaited, *getattr(awaited, "_children", ()))
        return False

    async def _join(self, timeout: float) -> None:
        holdings = self._holdings
        await self._wait_until(self.loop.time() + timeout)
        late = [task for task in holdings.finishing if not self._inside(task)]
        if late:
            for task in late:
                task.cancel()
            await self._wait_until(self.loop.time() + min(timeout, _LAST_GRACE), set(late))
        for left in self._pending():
            self._log_left_behind(left, timeout)

    async def _wait_until(
        self, deadline: float, only: set[asyncio.Task[None]] | None = None
    ) -> None:
        """Wait for what is pending; a cancellation of the caller is kept for later."""
        holdings = self._holdings
        while self.loop.time() < deadline:
            pending = self._pending()
            if not pending or (only is not None and only.isdisjoint(pending)):
                break
            changed = self.loop.create_future()

            def wake(changed: asyncio.Future[None] = changed) -> None:
                if not changed.done():
                    changed.set_result(None)

            holdings.wake = wake
            timer = self.loop.call_at(deadline, wake)
            try:
                await changed
            except asyncio.CancelledError as error:
                self._cancelled = error
            finally:
                timer.cancel()
                holdings.wake = None

    def _log_left_behind(self, task: asyncio.Task[Any] | None, timeout: float) -> None:
        holdings = self._holdings
        name = task.get_name() if task is not None else "no task"
        stack = tracking.stack_of(tracking.waits_at(task)) if task is not None else ""
        place = holdings.tasks.get(task) if task is not None else None
        holdings.say(
            logging.ERROR,
            "task %r of %s has not ended within %g s and is left behind; registered at %s\n%s",
            (name, holdings.name, timeout, tracking.line_of(place), stack),
            kind="task",
            handle=name,
        )

    def _end(self, began: float) -> None:
        holdings = self._holdings
        holdings.shutdown_duration = self.loop.time() - began
        holdings.state = _STOPPED
        self.done = True
        if self._waiting is not None:
            for future in self._waiting:
                if not (future.done() or future.get_loop().is_closed()):
                    future.set_result(None)
            self._waiting = None
        self._caller = None
        if self._is_said:
            holdings.say(logging.INFO, "shut down")
        if holdings.on_change is not None:
            holdings.on_change()

    def spares(self, task: asyncio.Task[Any]) -> bool:
        """Whether a task that was registered too late to be cancelled is inside of shutdown()."""
        return id(task) == self._by or self._inside(task)

    # --- the other callers ------------------------------------------------------------------

    async def wait(self) -> None:
        """Wait for the end, unless the end waits for the calling task."""
        task = asyncio.current_task()
        holdings = self._holdings
        if task is self._caller or (holdings.closed and task in holdings.tasks):
            return  # inside of the hook or an unsubscribe, or cancelled already: it is joined
        future = asyncio.get_running_loop().create_future()
        if self._waiting is None:
            self._waiting = {}
        self._waiting[future] = task
        if holdings.wake is not None:
            holdings.wake()
        try:
            await future
        finally:
            if not self.done:
                del self._waiting[future]
                if task is not None and holdings.closed and task in holdings.tasks:
                    task.cancel()  # it waits no longer: from now on it is an own task like others


async def _awaited(result: Awaitable[object]) -> object:
    return await result
