"""The types of what callers hand in and get back."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, Self, TypeAlias, TypedDict

Unsubscribe: TypeAlias = Callable[[], object]
"""Ends a subscription; calling it again does nothing. It may return an awaitable."""

Callback: TypeAlias = Callable[[], Awaitable[object] | object]
"""Called without arguments; an awaitable result is awaited."""

Handler: TypeAlias = Callable[[Any], Awaitable[object] | object]
"""Called with the payload of an event; an awaitable result is awaited."""

ErrorHandler: TypeAlias = Callable[[BaseException], Awaitable[object] | object]
"""Called with an exception that has been logged; an awaitable result is awaited."""


class LiveHandle(Protocol):
    """What `subscribe` and `on_daemon_ready` give: call it, or leave its `with`, to end it."""

    @property
    def active(self) -> bool: ...
    def __call__(self) -> object: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class Unsubscribable(Protocol):
    """A handle with `unsubscribe()`, as reactive libraries give."""

    def unsubscribe(self) -> object: ...


class Disposable(Protocol):
    """A handle with `dispose()`."""

    def dispose(self) -> object: ...


class Cancellable(Protocol):
    """A handle with `cancel()`: timers, futures."""

    def cancel(self) -> object: ...


class Closable(Protocol):
    """A handle with `close()`: sockets, files, connections."""

    def close(self) -> object: ...


Handle: TypeAlias = Unsubscribe | Unsubscribable | Disposable | Cancellable | Closable
"""What `register_subscription` takes."""


class State(enum.StrEnum):
    """Where a daemon is in its life; it only ever moves forward."""

    NEW = "new"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"


class IntervalStats(TypedDict):
    """One interval: times in seconds of the loop's clock."""

    seconds: float
    ticks: int
    missed: int
    errors: int
    last_error: str | None
    last_duration: float | None
    total_duration: float


class DaemonStats(TypedDict):
    """One daemon: what it holds, what went wrong, how long things took (seconds)."""

    name: str
    state: State
    subscriptions: int
    intervals: dict[str, IntervalStats]
    deferred: int
    tasks: int
    handlers_running: int
    waits_for: list[str]
    errors: int
    last_error: str | None
    uptime: float | None
    start_duration: float | None
    shutdown_duration: float | None
