"""Waiting: for another daemon to be ready, or for some time to pass."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from daemonbase import tracking
from daemonbase.events import SYSTEM_READY, daemon_of
from daemonbase.types import Callback

if TYPE_CHECKING:
    from daemonbase.holdings import Holdings


class Deferred:
    """A callback that waits for its time; `cancel()`, or calling it, drops it."""

    __slots__ = ("_handle", "_holdings", "callback", "place")

    def __init__(
        self,
        holdings: Holdings,
        callback: Callback,
        delay: float,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.callback = callback
        self.place: tracking.Place | None = None
        self._holdings = holdings
        self._handle: asyncio.Handle = (
            loop.call_later(delay, self._run) if delay else loop.call_soon(self._run)
        )
        holdings.deferred[self] = None

    @property
    def active(self) -> bool:
        """Whether the callback has yet to run."""
        return self in self._holdings.deferred

    def cancel(self) -> None:
        """Never run; does nothing once it has run."""
        self._handle.cancel()
        self._holdings.deferred.pop(self, None)

    __call__ = cancel

    def _run(self) -> None:
        self.cancel()
        self._holdings.call(self.callback, "deferred call", self.name, self.place)

    @property
    def name(self) -> str:
        """The callback's name."""
        return _name_of(self.callback)


class Waiter:
    """A callback that waits for a daemon; calling it, or leaving its `with` block, ends that."""

    __slots__ = (
        "_callback",
        "_holdings",
        "_late",
        "_seen",
        "_subscription",
        "_timer",
        "armed",
        "daemon",
        "place",
        "timeout",
    )

    def __init__(
        self,
        holdings: Holdings,
        daemon: str,
        callback: Callback,
        timeout: float | None,
        place: tracking.Place | None,
    ) -> None:
        self.daemon = daemon
        self.timeout = timeout
        self.place = place
        self.armed = False
        self._holdings = holdings
        self._callback = callback
        self._seen = 0
        self._timer: asyncio.TimerHandle | None = None
        self._late: asyncio.Handle | None = None
        self._subscription = holdings.bus.subscribe(SYSTEM_READY, self._announced)
        holdings.waiters[self] = None
        holdings.subscriptions.append(self)

    @property
    def active(self) -> bool:
        """Whether the callback may still be called."""
        return self in self._holdings.waiters

    @property
    def waiting(self) -> bool:
        """Whether the daemon has never been ready since."""
        return self._seen == 0

    def arm(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to count the time; if the daemon is ready already, call back at the next step."""
        self.armed = True
        if self._holdings.bus.is_ready(self.daemon):
            self._late = loop.call_soon(self.deliver)
        elif self.timeout is not None:
            self._timer = loop.call_later(self.timeout, self._overdue)

    def deliver(self) -> None:
        """Call back, once for each time that the daemon has announced itself."""
        number = self._holdings.bus.readiness(self.daemon)
        if not self.active or number <= self._seen:
            return
        self._seen = number
        self._stop_timers()
        holdings = self._holdings
        holdings.say(logging.INFO, "%s is ready", (self.daemon,))
        holdings.call(self._callback, "ready callback", self.daemon, self.place)

    def _announced(self, payload: Any) -> None:
        if daemon_of(payload) == self.daemon:
            self.deliver()

    def _overdue(self) -> None:
        self._timer = None
        self._holdings.say(
            logging.WARNING,
            "%s still waits for %s, which is not ready after %g s; waiting since %s",
            (self._holdings.name, self.daemon, self.timeout, tracking.line_of(self.place)),
            kind="ready callback",
            handle=self.daemon,
        )

    def _stop_timers(self) -> None:
        for handle in (self._timer, self._late):
            if handle is not None:
                handle.cancel()
        self._timer = self._late = None

    def __call__(self) -> None:
        """Wait no longer; doing it again does nothing."""
        if self.active:
            del self._holdings.waiters[self]
            self._stop_timers()
            self._subscription()
            self._holdings.note_ended(self)

    def __repr__(self) -> str:
        return f"<Waiter for {self.daemon!r}: {self._callback!r}>"

    def __enter__(self) -> Waiter:
        return self

    def __exit__(self, *_: object) -> None:
        self()


def _name_of(callback: object) -> str:
    return str(getattr(callback, "__qualname__", callback))
