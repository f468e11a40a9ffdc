"""The event bus: subscriptions in order of registration, errors isolated, readiness remembered.

Handlers are held strongly. Weak bound methods, as blinker keeps by default, would drop a handler
that nothing else refers to (a lambda, a method of a temporary object) without a word, and when
depends on the garbage collector; here a handler lives until its subscription ends, and the
subscription ends with its daemon.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any, Final, Generic, TypedDict, TypeVar, cast, overload

from daemonbase import tracking
from daemonbase.checks import check_callback, check_name, check_result, discard, is_awaitable
from daemonbase.contracts import acquires
from daemonbase.errors import shown
from daemonbase.subscriptions import (
    READY,
    Channel,
    PlacedSubscription,
    Prefixed,
    PrefixSubscription,
    Running,
    Subscription,
    all_running,
)
from daemonbase.types import Handler

T = TypeVar("T")

log = logging.getLogger("daemonbase.events")


if TYPE_CHECKING:
    # To a type checker it is no string, or a handler of another payload would pass for that of a
    # plain event name.
    class Event(Generic[T]):
        """See below."""

        def __init__(self, name: str, /) -> None: ...

else:

    class Event(str, Generic[T]):
        """The name of an event whose payloads are of type T: `Event[User]("user:created")`.

        At run time it is its name: it finds handlers that were subscribed by the bare string.
        """

        __slots__ = ()


class SystemReady(TypedDict):
    """The payload of `system:ready`."""

    daemon: str


SYSTEM_READY: Final = Event[SystemReady](READY)
"""Emitted by a daemon that has started, with `{"daemon": name}`."""


class Announcement(dict[str, str]):
    """The payload by which one started daemon announces itself: told apart by identity."""

    __slots__ = ()


class EventBus:
    """Delivers payloads to the handlers of an event, in the order of their registration.

    A handler subscribed during an emit waits for the next one; one that is unsubscribed during an
    emit is not called any more. A handler's exception is logged and the rest run. The bus is bound
    to no event loop; use it from one thread at a time.
    """

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._channels[READY] = Channel(READY, self._channels)
        self._prefixes: list[PrefixSubscription] = []
        self._ready: dict[str, dict[int, int]] = {}
        self._announcements = 0
        self._finishing: set[asyncio.Task[None]] = set()

    @overload
    def subscribe(
        self, event: Event[T], handler: Callable[[T], Awaitable[object] | object]
    ) -> Subscription: ...
    @overload
    def subscribe(self, event: str, handler: Handler) -> Subscription: ...
    @acquires("subscription")
    def subscribe(self, event: Any, handler: Handler) -> Subscription:
        """Call `handler(payload)` for each `emit` of the event from now on.

        The handler may be sync or async. The same handler twice is two subscriptions. Raises
        TypeError if the event is no string or the handler cannot be called.
        """
        channel: Channel | None
        try:  # takes half as long as get()
            channel = self._channels[event]
        except (KeyError, TypeError):  # TypeError: what cannot be hashed is no string, either
            channel = None
        if channel is None:
            channel = self._open(check_name(event, "the event"))
        if not callable(handler):
            check_callback(handler, f"the handler of '{event}'")
        if tracking.debug:
            subscription = self._track(PlacedSubscription(channel, handler))
        else:
            subscription = Subscription(channel, handler)
        channel.subscriptions.append(subscription)
        return subscription

    @acquires("subscription")
    def subscribe_prefix(
        self, prefix: str, handler: Callable[[str, Any], Awaitable[object] | object]
    ) -> Subscription:
        """Call `handler(event, payload)` for each event whose name begins with `prefix`.

        It costs an emit nothing: the handler takes part in each such event as a subscription of
        its own, in order of registration. An empty prefix stands for all events.
        """
        if not isinstance(prefix, str):
            raise TypeError(f"the prefix must be a string, got {prefix!r}")
        check_callback(handler, f"the handler of '{prefix}*'")
        subscription = PrefixSubscription(prefix, handler)
        self._prefixes = [item for item in self._prefixes if item.active]
        self._prefixes.append(subscription)
        for event, channel in self._channels.items():
            if event.startswith(prefix):
                subscription.join(channel)
        if tracking.debug:
            self._track(subscription)
        return subscription

    @staticmethod
    def _track(subscription: PlacedSubscription | PrefixSubscription) -> Subscription:
        subscription.place = tracking.here()
        if tracking.tracker is not None:
            tracking.tracker.subscribed(subscription)
        return subscription

    def _open(self, event: str) -> Channel:
        """A new event's channel, in which matching prefix handlers take part from the start."""
        channel = self._channels[str(event)] = Channel(str(event), self._channels)
        for prefix in self._prefixes:
            if prefix.active and event.startswith(prefix.prefix):
                prefix.join(channel)
        return channel

    def _receivers(self, event: str, payload: Any) -> list[Subscription]:
        """A copy of the event's subscriptions as they are now; readiness is noted."""
        channel = self._channels.get(event)
        if channel is not None:
            if channel.is_ready:
                self._note_ready(payload)
            return channel.subscriptions.copy()
        check_name(event, "the event")
        # Not kept: events that are only ever emitted must not pile up.
        passing = [item for item in self._prefixes if item.active and event.startswith(item.prefix)]
        return [self._passing(item, event) for item in passing]

    @staticmethod
    def _passing(whole: PrefixSubscription, event: str) -> Subscription:
        child = Subscription(None, Prefixed(whole, event))
        child.owner = whole.owner
        return child

    @overload
    def emit(self, event: Event[T], payload: T) -> Coroutine[Any, Any, None]: ...
    @overload
    def emit(self, event: str, payload: Any = None) -> Coroutine[Any, Any, None]: ...
    def emit(self, event: Any, payload: Any = None) -> Coroutine[Any, Any, None]:
        """Call the event's handlers one after the other, awaiting those that return awaitables.

        To be awaited; when that returns, every handler has ended. The handlers are those
        subscribed now. Their exceptions are logged, not raised; a cancellation of the caller ends
        the emit, KeyboardInterrupt and SystemExit leave it.
        """
        try:  # takes half as long as get()
            channel = self._channels[event]
        except KeyError:
            receivers = self._receivers(event, payload)
        else:
            if channel.is_ready:
                self._note_ready(payload)
            receivers = channel.subscriptions.copy()
        return self._deliver(event, payload, receivers)

    async def _deliver(self, event: str, payload: Any, receivers: list[Subscription]) -> None:
        running: Running | None = None
        try:
            for subscription in receivers:
                try:
                    result: Any = subscription.handler(payload)
                    if result is None:
                        continue
                    try:
                        if subscription.owner is None:
                            await result
                            continue
                        owner = subscription.owner
                        if running is None:
                            running = Running(owner)
                            all_running.add(running)
                        else:
                            running.owner = owner
                        try:
                            await result
                        finally:
                            running.owner = None
                            if owner.wake is not None:
                                owner.wake()
                    except TypeError:
                        # To ask each result first would cost a fifth of an emit to async handlers.
                        if is_awaitable(result):
                            raise
                        check_result(result, "a handler")
                except asyncio.CancelledError as error:
                    if is_cancelled():
                        raise
                    _log_failure(event, subscription, error)
                except Exception as error:
                    _log_failure(event, subscription, error)
        finally:
            if running is not None:
                all_running.discard(running)

    @overload
    def emit_nowait(self, event: Event[T], payload: T) -> asyncio.Task[None] | None: ...
    @overload
    def emit_nowait(self, event: str, payload: Any = None) -> asyncio.Task[None] | None: ...
    def emit_nowait(self, event: Any, payload: Any = None) -> asyncio.Task[None] | None:
        """Call the handlers in order without waiting; for code that is not async.

        Handlers run at once up to the first that returns an awaitable. That one and the rest go on
        in a task, which is returned and which the bus holds until it is done; None means that all
        have ended. Raises RuntimeError if a handler is async and no loop runs.
        """
        receivers = self._receivers(event, payload)
        for position, subscription in enumerate(receivers):
            handler = subscription.handler
            try:
                result = handler(payload)
                if result is None:
                    continue
                if not is_awaitable(result):
                    check_result(result, "a handler")
                    continue
            except (Exception, asyncio.CancelledError) as error:
                _log_failure(event, subscription, error)
                continue
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                discard(result)
                raise RuntimeError(
                    f"emit_nowait('{event}') has async handlers and needs a running event loop"
                ) from None
            waiting = Subscription(None, _Called(subscription, handler, result))
            waiting.owner = subscription.owner
            rest = self._deliver(event, payload, [waiting, *receivers[position + 1 :]])
            task = loop.create_task(rest, name=f"emit {event}")
            self._finishing.add(task)
            task.add_done_callback(self._finishing.discard)
            # Cancelled before it began, it would leave a coroutine that was never awaited.
            task.add_done_callback(partial(_discard_begun, result))
            return task
        return None

    # --- readiness --------------------------------------------------------------------------

    def _note_ready(self, payload: Any) -> None:
        if name := daemon_of(payload):
            self._announcements += 1
            key = id(payload) if type(payload) is Announcement else 0
            self._ready.setdefault(name, {})[key] = self._announcements

    def readiness(self, daemon: str) -> int:
        """The number of the daemon's latest announcement that still holds; 0 if it is not ready."""
        return max(self._ready.get(daemon, {0: 0}).values())

    def is_ready(self, daemon: str) -> bool:
        """Whether a daemon of that name has announced itself and not shut down since."""
        return daemon in self._ready

    def forget_ready(self, daemon: str, announcement: object = None) -> None:
        """Take back an announcement (the daemon's own, or one that was emitted by hand).

        Those that wait for the daemon from now on wait for its next start.
        """
        held = self._ready.get(daemon, {})
        held.pop(0 if announcement is None else id(announcement), None)
        if not held:
            self._ready.pop(daemon, None)

    def handlers(self) -> list[tuple[str, Handler]]:
        """The live subscriptions, as (event, handler), in order of registration by event."""
        return [
            (event, subscription.handler)
            for event, channel in self._channels.items()
            for subscription in channel.subscriptions
            if subscription.active
        ]


def daemon_of(payload: Any) -> str:
    """The name in an announcement; '' if it is none."""
    if not isinstance(payload, dict):
        return ""
    name = cast(dict[str, Any], payload).get("daemon")
    return name if isinstance(name, str) else ""


class _Called:
    """A handler that has been called already, and the awaitable that it gave."""

    __slots__ = ("handler", "result", "subscription")

    def __init__(self, subscription: Subscription, handler: Handler, result: object) -> None:
        self.subscription = subscription
        self.handler = handler
        self.result = result

    def __call__(self, payload: Any) -> object:
        """What the handler gave; nothing if its subscription has ended before that could begin."""
        prefixed = self.handler if isinstance(self.handler, Prefixed) else None
        live = prefixed.whole if prefixed is not None else self.subscription
        if not live.active and iscoroutine(self.result):
            self.result.close()
            return None
        return self.result

    def __repr__(self) -> str:
        return repr(self.handler)


def _discard_begun(result: object, _: asyncio.Task[None]) -> None:
    discard(result)


def is_cancelled() -> bool:
    """Whether the running task has been asked to cancel, as opposed to a stray CancelledError."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0


def _log_failure(event: str, subscription: Subscription, error: BaseException) -> None:
    if subscription.owner is not None:
        subscription.owner.failed("handler", event, error, subscription.place)
        return
    log.error(
        "handler %s of %r failed; subscribed at %s",
        shown(subscription.handler),
        event,
        tracking.line_of(subscription.place),
        exc_info=error,
        extra={"kind": "handler", "handle": event},
    )


default_bus = EventBus()
"""The bus of daemons that are given none."""
