"""What one daemon holds, and how its callbacks are run.

One object under one attribute, so that no name of a subclass can clash, and without a reference to
the daemon, so that nothing in here keeps it alive.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Awaitable, Callable, Generator
from types import FrameType, coroutine
from typing import TYPE_CHECKING, Any, Final

from daemonbase import tracking
from daemonbase.checks import check_result, discard, is_awaitable
from daemonbase.errors import DaemonClosedError, describe, shown
from daemonbase.events import EventBus
from daemonbase.handles import Held, Registration, place_of
from daemonbase.readiness import Deferred, Waiter
from daemonbase.subscriptions import Running, Subscription, all_running, ended
from daemonbase.types import Callback, DaemonStats, State, Unsubscribe

if TYPE_CHECKING:
    from daemonbase.clock import Clock
    from daemonbase.intervals import Interval
    from daemonbase.shutdown import Shutdown

# Eager tasks cost a third: a callback that never waits is done before its task is scheduled.
_EAGER: Final[dict[str, Any]] = {"eager_start": True} if sys.version_info >= (3, 12) else {}
_COMPACT_FROM: Final = 32
_DEEP: Final = 200


class Holdings:
    """The registries of one daemon, its state, and what has gone wrong so far."""

    __slots__ = (
        "__weakref__",
        "announcement",
        "bus",
        "clock",
        "closed",
        "debug",
        "deferred",
        "ended",
        "ending",
        "errors",
        "finishing",
        "guarded",
        "interrupted",
        "intervals",
        "last_error",
        "listens",
        "log",
        "loop",
        "name",
        "on_change",
        "place",
        "releasing",
        "running_since",
        "shutdown_duration",
        "start_duration",
        "starter",
        "state",
        "subscriptions",
        "tasks",
        "thread",
        "waiters",
        "wake",
    )

    def __init__(self, name: str, bus: EventBus, log: logging.Logger) -> None:
        self.name = name
        self.bus = bus
        self.log = log
        self.state = State.NEW
        self.closed = False
        self.debug = self.guarded = tracking.debug
        self.place: tracking.Place | None = None
        self.subscriptions: list[Unsubscribe] = []
        self.releasing = 0
        self.listens = False  # whether a subscription of a bus has ever been among them
        self.ended = 0
        self.intervals: dict[str, Interval] = {}
        self.clock: Clock | None = None
        self.deferred: dict[Deferred, None] = {}
        self.waiters: dict[Waiter, None] = {}
        self.tasks: dict[asyncio.Task[Any], tracking.Place | None] = {}
        self.finishing: set[asyncio.Task[None]] = set()  # those of `tasks` that release something
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread = 0
        self.starter: asyncio.Task[Any] | None = None
        self.interrupted = False
        self.announcement: object = None
        self.ending: Shutdown | None = None
        self.wake: Callable[[], None] | None = None
        self.on_change: Callable[[], None] | None = None
        self.errors = 0
        self.last_error: str | None = None
        self.running_since: float | None = None
        self.start_duration: float | None = None
        self.shutdown_duration: float | None = None

    # --- loop and thread --------------------------------------------------------------------

    def bind(self, what: str) -> asyncio.AbstractEventLoop:
        """The running loop, which becomes the daemon's. Raises RuntimeError if none runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError(
                f"{what} needs a running event loop; call it in initialize() or later"
            ) from None
        if loop is not self.loop and (self.loop is None or self.loop.is_closed()):
            self.loop = loop
            self.thread = threading.get_ident()
            self.set_debug(self.debug or loop.get_debug())
        return loop

    def set_debug(self, debug: bool) -> None:
        """Keep places and check callers, or not. `guarded` is the one test of the fast paths."""
        self.debug = debug
        self.guarded = debug or self.closed

    def check_caller(self) -> None:
        """In debug mode: raise RuntimeError for a call from another thread or running loop."""
        if self.loop is None or self.loop.is_closed():
            return
        if threading.get_ident() != self.thread:
            raise RuntimeError(f"{self.name} was used from a thread other than its loop's")
        running = asyncio._get_running_loop()
        if running is not None and running is not self.loop:
            raise RuntimeError(f"{self.name} was used from an event loop other than its own")

    # --- registering ------------------------------------------------------------------------

    def refusal(self, what: str) -> DaemonClosedError:
        return DaemonClosedError(f"{self.name} has shut down; {what} was released, not registered")

    def refuse(self, what: str, release: Callable[[], object]) -> DaemonClosedError:
        """Release what was handed over too late; the error to raise."""
        error = self.refusal(what)
        try:
            result = release()
        except BaseException as failure:
            self.failed("late unsubscribe", shown(release), failure, None)
            error.__cause__ = failure
        else:
            if is_awaitable(result):
                self.finish(result, "late unsubscribe", shown(release))
        return error

    def finish(
        self,
        result: Awaitable[object],
        kind: str,
        name: str,
        place: tracking.Place | None = None,
        done: Callable[[BaseException | None], object] | None = None,
    ) -> None:
        """Run an async release in a task; without a running loop it can only be logged as lost."""
        try:
            asyncio.get_running_loop()
        except RuntimeError as error:
            discard(result)
            self.failed(kind, name, error, place)
            return
        # Of daemons that end each other in a row, each begins inside of the last: not without end.
        task = self.spawn(result, kind, name, place, done, eager=not _is_deep())
        if not task.done():  # pragma: no branch - never at once on Python 3.11
            self.finishing.add(task)  # a shutdown waits for it, and does not cut it short
            task.add_done_callback(self.finishing.discard)

    def silence(self) -> None:
        """Call no handler any more, though its turn to be unsubscribed is yet to come."""
        for entry in self.subscriptions:
            if isinstance(entry, Subscription):
                entry.handler = ended

    def unsubscribe_all(self, errors: list[BaseException]) -> None:
        """Release the subscriptions, the last first; what raises harms no other.

        Errors are logged and added to `errors`; async releases go on in tasks (`finishing`).
        """
        subscriptions = self.subscriptions
        pop = subscriptions.pop
        self.releasing += 1
        while subscriptions:
            unsubscribe = pop()
            try:
                result = unsubscribe()
                if result is None:
                    continue
                if not is_awaitable(result):
                    check_result(result)
                    continue
            except BaseException as error:  # every one of the others must still be released
                errors.append(error)
                try:
                    self.failed("unsubscribe", shown(unsubscribe), error, place_of(unsubscribe))
                except BaseException as later:  # a log handler may well end the program
                    errors.append(later)
                continue
            self._finish_unsubscribe(unsubscribe, result, errors)
        self.releasing -= 1
        self.ended = 0

    def _finish_unsubscribe(
        self, unsubscribe: Unsubscribe, result: Awaitable[object], errors: list[BaseException]
    ) -> None:
        name, place = shown(unsubscribe), place_of(unsubscribe)

        def done(error: BaseException | None) -> None:
            if error is not None:
                errors.append(error)
                self.failed("unsubscribe", name, error, place)

        try:
            self.finish(result, "unsubscribe", name, place, done)
        except BaseException as error:
            # KeyboardInterrupt and SystemExit leave an eager task (Python 3.12+) at once; the
            # other subscriptions must still be released.
            if not any(known is error for known in errors):
                done(error)

    def note_ended(self, entry: object) -> None:
        """A registered subscription was ended early: forget it, in O(1) over time."""
        if self.releasing:
            return  # all of them go, one after the other
        subscriptions = self.subscriptions
        if subscriptions and subscriptions[-1] is entry:
            subscriptions.pop()
            return
        self.ended += 1
        if self.ended > _COMPACT_FROM and self.ended * 2 > len(subscriptions):
            subscriptions[:] = self.live_subscriptions()
            self.ended = 0

    def live_subscriptions(self) -> list[Unsubscribe]:
        """The registered subscriptions that have not ended, in order of registration."""
        return [
            entry
            for entry in self.subscriptions
            if not isinstance(entry, (Subscription, Registration, Waiter)) or entry.active
        ]

    def held(self) -> list[Held]:
        """Everything that is still registered, with the places of acquire that are known."""
        return [
            *(Held("subscription", shown(one), place_of(one)) for one in self.live_subscriptions()),
            *(Held("interval", item.name, item.place) for item in list(self.intervals.values())),
            *(Held("deferred", item.name, item.place) for item in list(self.deferred)),
            *(Held("task", task.get_name(), place) for task, place in list(self.tasks.items())),
        ]

    def stats(self) -> DaemonStats:
        """What `DaemonBase.stats` gives."""
        uptime = None
        if self.state is State.RUNNING and self.loop and self.running_since is not None:
            uptime = self.loop.time() - self.running_since
        return {
            "name": self.name,
            "state": self.state,
            "subscriptions": len(self.live_subscriptions()),
            "intervals": {name: item.stats() for name, item in list(self.intervals.items())},
            "deferred": len(self.deferred),
            "tasks": len(self.tasks),
            "handlers_running": len(self.running_elsewhere()),
            "waits_for": sorted({item.daemon for item in self.waiters if item.waiting}),
            "errors": self.errors,
            "last_error": self.last_error,
            "uptime": uptime,
            "start_duration": self.start_duration,
            "shutdown_duration": self.shutdown_duration,
        }

    # --- running ----------------------------------------------------------------------------

    def failed(
        self, kind: str, name: str, error: BaseException, place: tracking.Place | None
    ) -> None:
        """Log one error, with the place of the acquire, and count it."""
        self.errors += 1
        self.last_error = describe(error)
        self.say(
            logging.ERROR,
            "%s %r of %s failed; registered at %s",
            (kind, name, self.name, tracking.line_of(place)),
            error,
            kind=kind,
            handle=name,
            place=tracking.line_of(place) if place else None,
        )

    def say(
        self,
        level: int,
        message: str,
        arguments: tuple[object, ...] = (),
        error: BaseException | None = None,
        **fields: object,
    ) -> None:
        """Log with the structured fields. A logger that raises must not cut a release short."""
        try:
            extra = {"daemon": self.name, **fields}
            self.log.log(level, message, *arguments, exc_info=error, extra=extra)
        except Exception:
            self.errors += 1

    def hears(self, level: int) -> bool:
        """Whether the logger takes that level: asked before what is often said to nobody."""
        try:
            return self.log.isEnabledFor(level)
        except Exception:
            self.errors += 1
            return True

    def call(
        self, callback: Callback, kind: str, name: str, place: tracking.Place | None = None
    ) -> None:
        """Call a callback now, unless the daemon has ended; its awaitable runs in an own task."""
        if self.closed:
            return
        try:
            result = callback()
        except (Exception, asyncio.CancelledError) as error:
            self.failed(kind, name, error, place)
            return
        if result is not None and is_awaitable(result):
            self.spawn(result, kind, name, place)

    def spawn(
        self,
        awaitable: Awaitable[object],
        kind: str,
        name: str,
        place: tracking.Place | None,
        done: Callable[[BaseException | None], object] | None = None,
        eager: bool = True,
    ) -> asyncio.Task[None]:
        """Run an awaitable in a task of the daemon: if `eager`, at once (Python 3.12+).

        `done` gets its exception, or None if it ended well or was cancelled; without `done` the
        exception is logged.
        """
        loop = asyncio.get_running_loop()
        label = f"{self.name}:{name}"
        drive = self._drive(awaitable, kind, name, place, done)
        drive.send(None)  # into its first `try`
        if loop.get_task_factory() is None:
            task = asyncio.Task(drive, loop=loop, name=label, **(_EAGER if eager else {}))
        else:
            task = loop.create_task(drive, name=label)
        if not task.done():  # pragma: no branch - never at once on Python 3.11
            self.tasks[task] = place
        return task

    async def _drive(
        self,
        awaitable: Awaitable[object],
        kind: str,
        name: str,
        place: tracking.Place | None,
        done: Callable[[BaseException | None], object] | None,
    ) -> None:
        # A task that is cancelled before its first step does not enter its coroutine, which could
        # then account for nothing; so spawn() takes one step before the task is made.
        try:
            await _begun()
        except asyncio.CancelledError:
            discard(awaitable)
            task = asyncio.current_task()
            assert task is not None
            self._forget(task)
            if done is not None:
                done(None)
            raise
        task = asyncio.current_task()
        assert task is not None
        self.tasks[task] = place  # an eager task is not yet known to its maker
        failure: BaseException | None = None
        try:
            await awaitable
        except asyncio.CancelledError as error:
            if task.cancelling():
                raise
            failure = error
        except Exception as error:
            failure = error
        except BaseException as error:
            failure = error
            task.add_done_callback(_retrieve)
            raise
        finally:
            self._forget(task)
            if done is not None:
                done(failure)
            elif failure is not None:
                self.failed(kind, name, failure, place)
            failure = None  # its traceback refers to this frame

    def own(self, task: asyncio.Task[Any], place: tracking.Place | None) -> None:
        """Hold a task until it is done; an exception that nobody retrieves is logged."""
        self.tasks[task] = place
        task.add_done_callback(self._own_done)

    def _own_done(self, task: asyncio.Task[Any]) -> None:
        ending = self.ending if self.closed else None
        if not task.cancelled():
            # Whoever awaits the task is told within this step, and has then seen its exception.
            task.get_loop().call_soon(self._own_failed, task, self.tasks.get(task), ending)
            if ending is not None:
                return  # the join must not be over before that
        self._forget(task)

    def _own_failed(
        self, task: asyncio.Task[Any], place: tracking.Place | None, ending: Shutdown | None
    ) -> None:
        # asyncio's own mark of an exception that nobody has asked for; without it, always log.
        unseen = getattr(task, "_log_traceback", True)
        error = task.exception()
        if unseen and error is not None:
            self.failed("task", task.get_name(), error, place)
            if ending is not None:
                ending.errors.append(error)
        if ending is not None:
            self._forget(task)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self.tasks.pop(task, None)
        if self.wake is not None:
            self.wake()

    async def handle(self, awaitable: Awaitable[object]) -> None:
        """Await something of the daemon's in a foreign task, so that shutdown can wait for it."""
        running = Running(self)
        all_running.add(running)
        try:
            await awaitable
        finally:
            all_running.discard(running)
            if self.wake is not None:
                self.wake()

    def running_elsewhere(self) -> list[asyncio.Task[Any] | None]:
        """The foreign tasks in which handlers of the daemon run, or its start."""
        return [running.task for running in list(all_running) if running.owner is self]


def _is_deep() -> bool:
    """Whether so many calls are in progress that Python might refuse many more."""
    frame: FrameType | None = sys._getframe()
    for _ in range(_DEEP):
        frame = frame.f_back if frame is not None else None
    return frame is not None


@coroutine
def _begun() -> Generator[None, None, None]:
    yield


def _retrieve(task: asyncio.Task[None]) -> None:
    """See a task's exception, or asyncio would report it again."""
    task.exception()
