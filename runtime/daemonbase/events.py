"""The event bus: subscriptions in order of registration, errors isolated, readiness remembered."""

from __future__ import annotations

import asyncio
import inspect
import logging
from typing import Any

from daemonbase.types import Callback, Handler

log = logging.getLogger("daemonbase.events")

SYSTEM_READY = "system:ready"
"""Emitted by a daemon that has started, with `{"daemon": name}`."""


class Subscription:
    """The handle of one subscription: call it, or leave its `with` block, to end it."""

    __slots__ = ("_handlers", "handler")

    def __init__(self, handlers: dict[Subscription, None], handler: Handler) -> None:
        self._handlers: dict[Subscription, None] | None = handlers
        self.handler: Handler | None = handler
        handlers[self] = None

    @property
    def active(self) -> bool:
        """Whether the handler is still called."""
        return self._handlers is not None

    def __call__(self) -> None:
        """End the subscription; ending it again does nothing."""
        if self._handlers is not None:
            self._handlers.pop(self, None)
            self._handlers = self.handler = None

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self()


class EventBus:
    """Delivers payloads to the handlers of an event, in the order of their registration.

    Bound methods are held strongly: a handler lives until its subscription ends. The bus is bound
    to no event loop; use it from one loop and thread at a time.
    """

    def __init__(self) -> None:
        self._handlers: dict[str, dict[Subscription, None]] = {}
        self._ready: dict[str, Any] = {}

    def subscribe(self, event: str, handler: Handler) -> Subscription:
        """Call `handler(payload)` for each `emit` of the event from now on.

        The same handler twice is two subscriptions. Raises TypeError if it is not callable.
        """
        if not callable(handler):
            raise TypeError(f"the handler of '{event}' must be callable, got {handler!r}")
        return Subscription(self._handlers.setdefault(event, {}), handler)

    async def emit(self, event: str, payload: Any = None) -> None:
        """Call the event's handlers one after the other, awaiting those that return awaitables.

        Handlers subscribed meanwhile wait for the next emit, those unsubscribed meanwhile are not
        called. A handler's error is logged and the rest run; a cancellation of the caller ends
        the emit.
        """
        if event == SYSTEM_READY and isinstance(payload, dict) and "daemon" in payload:
            self._ready[payload["daemon"]] = payload
        for subscription in list(self._handlers.get(event, ())):
            handler = subscription.handler
            if handler is None:
                continue
            try:
                result = handler(payload)
                if result is not None and inspect.isawaitable(result):
                    await result
            except asyncio.CancelledError:
                if is_cancelled():
                    raise
                log.exception("a handler of %r was cancelled from inside", event)
            except Exception:
                log.exception("a handler of %r failed", event)

    def is_ready(self, daemon: str) -> bool:
        """Whether a daemon of that name has announced itself and not shut down since."""
        return daemon in self._ready

    def forget_ready(self, daemon: str) -> None:
        """A daemon has shut down: those that wait for it from now on wait for the next start."""
        self._ready.pop(daemon, None)

    def handlers(self) -> list[tuple[str, Handler]]:
        """The live subscriptions, as (event, handler), in order of registration by event."""
        return [
            (event, subscription.handler)
            for event, subscriptions in self._handlers.items()
            for subscription in subscriptions
            if subscription.handler is not None
        ]


def on_ready(bus: EventBus, daemon: str, callback: Callback) -> Subscription:
    """Call `callback()` each time that the named daemon announces itself."""

    def handler(payload: Any) -> Any:
        name = payload.get("daemon") if isinstance(payload, dict) else None
        return callback() if name == daemon else None

    return bus.subscribe(SYSTEM_READY, handler)


def is_cancelled() -> bool:
    """Whether the running task has been asked to cancel, as opposed to a stray CancelledError."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0


default_bus = EventBus()
"""The bus of daemons that are given none."""
