"""What a test leaves behind: found by watching what is made while it runs.

The idea is VS Code's `ensureNoDisposablesAreLeakedInTestSuite`; timers, tasks, threads and errors
of the event loop are looked for as well. Nothing in here is imported outside of tests.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import warnings
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FunctionType
from typing import Any, Final, NamedTuple

from daemonbase import tracking
from daemonbase.daemon import DaemonBase
from daemonbase.errors import describe
from daemonbase.handles import Held
from daemonbase.holdings import Holdings
from daemonbase.readiness import Waiter
from daemonbase.subscriptions import Subscription
from daemonbase.types import State

KINDS: Final = (
    "daemon",
    "subscription",
    "interval",
    "deferred",
    "task",
    "timer",
    "error",
    "thread",
    "memory",
)
_SHOWN: Final = 10
# What runs a test is no part of it: anyio's runner, pytest-asyncio's, asyncio's own.
_HARNESS: Final = ("anyio._", "pytest_asyncio", "_pytest", "pluggy")


class Leak(NamedTuple):
    """One thing that is still there."""

    kind: str
    text: str
    place: tracking.Place | None = None


class LeakTracker:
    """Watches what is made between `begin()` and `leaks()`."""

    def __init__(self) -> None:
        self.helped: list[DaemonBase] = []
        self._daemons: list[Holdings] = []
        self._subscriptions: list[Subscription] = []
        self._found: list[Leak] = []
        self._loops: dict[int, tuple[asyncio.AbstractEventLoop, dict[int, object]]] = {}
        self._swept: list[tuple[Holdings, Held]] = []
        self._errors: list[dict[str, Any]] = []
        self._held_before: dict[int, object] = {}  # held, or ids would be used again
        self._threads: set[threading.Thread] = set()
        self._debug_before: list[tuple[Holdings, bool]] = []
        self._undo: list[Callable[[], None]] = []

    # --- told by the runtime ----------------------------------------------------------------

    def daemon_made(self, holdings: Holdings) -> None:
        self._daemons.append(holdings)

    def subscribed(self, subscription: Subscription) -> None:
        self._subscriptions.append(subscription)

    # --- begin and end ----------------------------------------------------------------------

    def begin(self) -> None:
        """Watch from now on."""
        self._threads = set(threading.enumerate())
        debug, before = tracking.debug, tracking.tracker
        for daemon in tracking.live():
            holdings = daemon._daemon_holdings()
            self._daemons.append(holdings)
            self._held_before.update(_by_id([holdings, *_things(holdings)]))
            self._debug_before.append((holdings, holdings.debug))
            holdings.set_debug(True)
        tracking.debug, tracking.tracker = True, self
        self._undo.append(lambda: _restore(debug, before))
        for owner, name, make in (
            (asyncio.BaseEventLoop, "run_forever", self._watch_run),
            (asyncio.BaseEventLoop, "call_exception_handler", self._watch_errors),
            (asyncio.runners, "_cancel_all_tasks", self._watch_ending),
        ):
            original = getattr(owner, name, None)
            if isinstance(original, FunctionType):  # the last one is private and might go
                setattr(owner, name, make(original))
                self._undo.append(partial(setattr, owner, name, original))

    def end(self) -> None:
        """Watch no longer."""
        while self._undo:
            self._undo.pop()()
        for holdings, debug in self._debug_before:
            holdings.set_debug(debug)

    def _watch_run(self, original: Callable[..., None]) -> Callable[..., None]:
        def run_forever(loop: asyncio.BaseEventLoop) -> None:
            self._meet(loop)
            original(loop)

        return run_forever

    def _watch_errors(self, original: Callable[..., None]) -> Callable[..., None]:
        def call_exception_handler(loop: asyncio.BaseEventLoop, context: dict[str, Any]) -> None:
            self._errors.append(context)
            original(loop, context)

        return call_exception_handler

    def _watch_ending(self, original: Callable[..., None]) -> Callable[..., None]:
        def cancel_all_tasks(loop: asyncio.AbstractEventLoop) -> None:
            self.look(loop)  # before the runner sweeps up
            original(loop)

        return cancel_all_tasks

    def _meet(self, loop: asyncio.AbstractEventLoop) -> None:
        """Remember a loop, and what it had when the test met it."""
        if id(loop) not in self._loops:
            self._loops[id(loop)] = (loop, _by_id([*_tasks(loop), *_timers(loop)]))

    # --- looking ----------------------------------------------------------------------------

    def look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Shut down what was handed to the helper, and note what else is alive in a loop."""
        self._loops.setdefault(id(loop), (loop, {}))  # uvloop's cannot be watched from the start
        if loop.is_closed() or loop.is_running():
            return
        for _ in range(2):
            loop.run_until_complete(asyncio.sleep(0))
        for daemon in self.helped[::-1]:
            if daemon._daemon_holdings().loop in (loop, None):
                self.helped.remove(daemon)
                self._shut_down(daemon, loop)
        known = self._loops[id(loop)][1]
        owned: set[int] = set()
        for holdings in self._daemons:
            for task, place in holdings.tasks.items():
                owned.add(id(task))
                if task.get_loop() is loop and id(task) not in self._held_before:
                    # A runner cancels it next; whether it leaks shows when the test is over.
                    self._swept.append((holdings, Held("task", task.get_name(), place)))
        for task in _tasks(loop):
            if id(task) not in known and id(task) not in owned and not _is_exempt(task):
                self._found.append(Leak("task", _task_text(task)))
                known[id(task)] = task
        for handle in _timers(loop):
            if id(handle) not in known and not _is_exempt(handle):
                name = _name_of(getattr(handle, "_callback", handle))
                self._found.append(Leak("timer", f"{name} is still due"))
                known[id(handle)] = handle

    def _shut_down(self, daemon: DaemonBase, loop: asyncio.AbstractEventLoop) -> None:
        try:
            loop.run_until_complete(daemon.shutdown())
        except Exception as error:
            text = f"shutdown of {daemon.name} raised {describe(error)}"
            self._found.append(Leak("error", text, daemon._daemon_holdings().place))

    def leaks(self, allowed: Iterable[str] = (), memory: bool = False) -> list[Leak]:
        """Everything that is left, by kind; `memory` also asks for daemons that nothing frees."""
        for loop, _ in list(self._loops.values()):
            self.look(loop)
        if self.helped:
            with asyncio.Runner() as runner:  # their loop is gone, or they never had one
                for daemon in self.helped[::-1]:
                    self._shut_down(daemon, runner.get_loop())
            self.helped.clear()
        stopped = [holdings for holdings in self._daemons if holdings.state is State.STOPPED]
        self._found += self._live_daemons()
        self._found += self._orphans()
        self._daemons, self._subscriptions = [], []
        with _unraisable(self._found):
            gc.collect()
        for loop, _ in self._loops.values():
            if not loop.is_closed() and not loop.is_running():
                loop.run_until_complete(asyncio.sleep(0))
        self._found += [Leak("error", _error_text(context)) for context in self._errors]
        self._found += self._new_threads()
        if memory:
            self._found += _still_in_memory(stopped)
        return [leak for leak in self._found if leak.kind not in set(allowed)]

    def _live_daemons(self) -> Iterator[Leak]:
        """Each daemon that was not shut down, and what it holds; of older ones what is new."""
        before = self._held_before
        for holdings in self._daemons:
            if _is_exempt(holdings) or holdings.state is State.STOPPED:
                continue
            things = zip(_things(holdings), holdings.held(), strict=True)
            held = [item for thing, item in things if id(thing) not in before]
            swept = [item for owner, item in self._swept if owner is holdings]
            held += [item for item in swept if item not in held]
            if id(holdings) not in before and (held or holdings.state is not State.NEW):
                counts = Counter(item.kind for item in held)
                holding = ", ".join(f"{count} {kind}(s)" for kind, count in counts.items())
                text = f"daemon {holdings.name} ({holdings.state}) was never shut down"
                yield Leak("daemon", f"{text}; it holds {holding or 'nothing'}", holdings.place)
            for item in held:
                yield Leak(item.kind, f"{item.name} of daemon {holdings.name}", item.place)

    def _orphans(self) -> Iterator[Leak]:
        """Live subscriptions that belong to no daemon."""
        for subscription in self._subscriptions:
            handler = subscription.handler
            by_daemon = isinstance(getattr(handler, "__self__", None), Waiter)
            if not subscription.active or subscription.owner is not None or by_daemon:
                continue
            if not _is_exempt(subscription):
                text = f"{_name_of(handler)} of event {subscription.event!r}"
                yield Leak("subscription", text, subscription.place)

    def _new_threads(self) -> Iterator[Leak]:
        for thread in threading.enumerate():
            # The threads of a loop's default executor end with the loop.
            if thread in self._threads or thread.name.startswith("asyncio_"):
                continue
            thread.join(0.05)  # one that is about to end may do so
            if thread.is_alive() and not _is_exempt(thread):
                yield Leak("thread", thread.name)


def _restore(debug: bool, tracker: tracking.Tracker | None) -> None:
    tracking.debug, tracking.tracker = debug, tracker


def _is_exempt(thing: object) -> bool:
    return id(thing) in tracking.process_lived or any(
        isinstance(kept, DaemonBase) and kept._daemon_holdings() is thing
        for kept in tracking.process_lived.values()
    )


def _by_id(things: Iterable[object]) -> dict[int, object]:
    return {id(thing): thing for thing in things}


def _things(holdings: Holdings) -> list[object]:
    """What `held()` describes, in the same order."""
    return [
        *holdings.live_subscriptions(),
        *holdings.intervals.values(),
        *holdings.deferred,
        *holdings.tasks,
    ]


def _tasks(loop: asyncio.AbstractEventLoop) -> list[asyncio.Task[Any]]:
    return [task for task in asyncio.all_tasks(loop) if not _is_harness(task)]


def _is_harness(task: asyncio.Task[Any]) -> bool:
    code = getattr(task.get_coro(), "cr_code", None)
    file = str(getattr(code, "co_filename", "")).replace("\\", "/")
    return any(f"/{name.replace('.', '/')}" in file for name in _HARNESS)


def _timers(loop: asyncio.AbstractEventLoop) -> list[asyncio.TimerHandle]:
    """Timers that will fire, but for those of asyncio and of daemons, which are counted there.

    asyncio has no public list of timers, and uvloop has none at all.
    """
    handles: list[asyncio.TimerHandle] = list(getattr(loop, "_scheduled", ()))
    return [
        handle
        for handle in handles
        if not handle.cancelled() and not _module_of(handle).startswith(("asyncio.", "daemonbase."))
    ]


def _module_of(handle: asyncio.TimerHandle) -> str:
    callback = getattr(handle, "_callback", None)
    return str(getattr(getattr(callback, "func", callback), "__module__", None) or "")


def _name_of(function: object) -> str:
    return str(getattr(function, "__qualname__", function))


def _task_text(task: asyncio.Task[Any]) -> str:
    at = tracking.line_of(tracking.waits_at(task))
    return f"{task.get_name()} ({_name_of(task.get_coro())}) waits at {at}"


def _error_text(context: dict[str, Any]) -> str:
    error = context.get("exception")
    return f"{context.get('message')}" + (f": {describe(error)}" if error is not None else "")


def _still_in_memory(stopped: list[Holdings]) -> Iterator[Leak]:
    names = {id(holdings): holdings for holdings in stopped}
    for thing in gc.get_objects():
        if isinstance(thing, DaemonBase):
            holdings = names.get(id(thing.__dict__.get("_daemon_state")))
            if holdings is not None:
                kinds = sorted({type(one).__name__ for one in gc.get_referrers(thing)})
                text = f"daemon {holdings.name} has shut down, but is referred to by: "
                yield Leak("memory", text + ", ".join(kinds), holdings.place)


@contextmanager
def _unraisable(found: list[Leak]) -> Generator[None]:
    """Note what destructors raise, and coroutines that were never awaited."""
    before = sys.unraisablehook

    def hook(what: sys.UnraisableHookArgs, /) -> None:
        error = what.exc_value
        found.append(Leak("error", f"in a destructor: {describe(error) if error else what}"))

    sys.unraisablehook = hook
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # leaked daemons have been found
            yield
    finally:
        sys.unraisablehook = before


def report(leaks: list[Leak]) -> str:
    """The failure's text: grouped by kind, each with the line that acquired it."""
    lines = [f"{len(leaks)} leaked"]
    for kind in KINDS:
        group = [leak for leak in leaks if leak.kind == kind]
        if not group:
            continue
        lines += ["", f"{kind}: {len(group)}"]
        for leak in group[:_SHOWN]:
            lines.append(f"- {leak.text}")
            if leak.place:
                lines += [f"  acquired at {tracking.line_of(leak.place)}"]
                lines += [tracking.stack_of(leak.place)]
        if len(group) > _SHOWN:
            lines.append(f"+ {len(group) - _SHOWN} more")
    return "\n".join(lines)
