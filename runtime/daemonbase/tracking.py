"""Where things were acquired, and which daemons are alive.

Off, each registration pays one test of `debug`. On (`python -X dev`, PYTHONASYNCIODEBUG, a loop in
debug mode, or the pytest fixture) it keeps a few frames. The hook is that of VS Code's
`setDisposableTracker`: a module global that is None in production.
"""

from __future__ import annotations

import asyncio
import linecache
import os
import sys
import weakref
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from daemonbase.daemon import DaemonBase
    from daemonbase.holdings import Holdings
    from daemonbase.subscriptions import Subscription

T = TypeVar("T")

Place: TypeAlias = tuple[tuple[str, int, str], ...]
"""Where something was acquired: (file, line, function), the innermost frame first."""

# Frames of this package and of the event loop tell nothing.
_SKIPPED = tuple(os.path.dirname(file) + os.sep for file in (__file__, asyncio.__file__))
_FRAMES = 8


class Tracker(Protocol):
    """Is told of what is made while it is installed."""

    def daemon_made(self, holdings: Holdings) -> None: ...
    def subscribed(self, subscription: Subscription) -> None: ...


def _debug_by_environment() -> bool:
    asked = not sys.flags.ignore_environment and os.environ.get("PYTHONASYNCIODEBUG")
    return sys.flags.dev_mode or bool(asked)


debug: bool = _debug_by_environment()
"""Whether places are kept and calls from wrong threads and loops are refused."""

tracker: Tracker | None = None
"""Set by the pytest fixture; None in production."""

live_daemons: dict[int, weakref.ref[DaemonBase]] = {}
"""By id, in order of construction: a WeakSet would need daemons that are hashable."""


def live() -> list[DaemonBase]:
    """All daemons of the process that have not been shut down, in order of construction."""
    found = [reference() for reference in list(live_daemons.values())]
    return [daemon for daemon in found if daemon is not None]


process_lived: dict[int, object] = {}
"""By id, what `mark_process_lifetime` was given; it is kept alive, as it says."""


def here(made: object = None) -> Place:
    """The caller's frames outside of this package, innermost first, eight at most.

    Constructors of `made` are left out, so that the first frame is the one that makes it.
    """
    frames: list[tuple[str, int, str]] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and len(frames) < _FRAMES:
        code = frame.f_code
        own = code.co_name == "__init__" and any(value is made for value in frame.f_locals.values())
        if not own and not code.co_filename.startswith(_SKIPPED):
            frames.append((code.co_filename, frame.f_lineno, code.co_qualname))
        frame = frame.f_back
    return tuple(frames)


def line_of(place: Place | None) -> str:
    """`file:line` of an acquire, or how to learn it."""
    if not place:
        return "a place that only python -X dev keeps"
    return f"{place[0][0]}:{place[0][1]}"


def stack_of(place: Place | None) -> str:
    """An acquire's frames as a traceback shows them, the outermost first; '' if unknown."""
    lines: list[str] = []
    for file, line, function in reversed(place or ()):
        lines.append(f'  File "{file}", line {line}, in {function}')
        source = linecache.getline(file, line).strip()
        if source:
            lines.append(f"    {source}")
    return "\n".join(lines)


def waits_at(task: asyncio.Task[Any]) -> Place:
    """Where a suspended task waits, innermost frame first; the part outside of this package.

    `Task.get_stack` ends at the outermost coroutine; this goes on along what each awaits.
    """
    frames: list[tuple[str, int, str]] = []
    coroutine: Any = task.get_coro()
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None)
        if frame is not None and not frame.f_code.co_filename.startswith(_SKIPPED[:1]):
            frames.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_qualname))
        coroutine = getattr(coroutine, "cr_await", None)
    return tuple(reversed(frames))


def mark_process_lifetime(thing: T) -> T:
    """Say that a daemon, subscription, task, timer or thread may live as long as the process.

    The leak fixture does not report it, nor what a daemon so marked holds. Returns `thing`.
    """
    process_lived[id(thing)] = thing
    return thing
