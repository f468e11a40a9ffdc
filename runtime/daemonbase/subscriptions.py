"""The handles of subscriptions, the channels that hold them, and what runs in foreign tasks.

An ended subscription stays in its channel's list until half of the list has ended, so that ending
one takes constant time, in whatever order they end.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from daemonbase import tracking
from daemonbase.types import Handler

if TYPE_CHECKING:
    from daemonbase.holdings import Holdings

READY: Final = "system:ready"


def ended(*_: object) -> None:
    """The handler of a subscription that has ended: cheaper to call than to ask."""


class Subscription:
    """The handle of one subscription: call it, or leave its `with` block, to end it."""

    __slots__ = ("_channel", "handler", "owner")

    place: tracking.Place | None = None
    """Where it was made, in debug mode."""

    def __init__(self, channel: Channel | None, handler: Handler) -> None:
        self._channel = channel
        self.handler = handler
        self.owner: Holdings | None = None

    @property
    def active(self) -> bool:
        """Whether the handler is still called."""
        return self.handler is not ended

    @property
    def event(self) -> str:
        """The event's name; empty once the subscription has ended."""
        return self._channel.event if self._channel is not None else ""

    def __call__(self) -> None:
        """End the subscription; ending it again does nothing."""
        self.handler = ended
        channel = self._channel
        if channel is not None:
            self._channel = None
            subscriptions = channel.subscriptions
            if subscriptions[-1] is self:
                subscriptions.pop()
            else:
                channel.ended += 1
                if channel.ended * 2 > len(subscriptions):
                    channel.compact()
        owner = self.owner
        if owner is not None:
            self.owner = None
            owner.note_ended(self)

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self()

    def __repr__(self) -> str:
        what = f"to {self.event!r}: {self.handler!r}" if self.active else "ended"
        return f"<Subscription {what}>"


class PlacedSubscription(Subscription):
    """In debug mode it knows where it was made."""

    __slots__ = ("place",)

    place: tracking.Place | None


class Channel:
    """The subscriptions of one event. Ended ones stay until they are half of the list: O(1)."""

    __slots__ = ("ended", "event", "is_ready", "subscriptions")

    def __init__(self, event: str) -> None:
        self.event = event
        self.is_ready = event == READY
        self.subscriptions: list[Subscription] = []
        self.ended = 0

    def compact(self) -> None:
        """Forget the subscriptions that have ended."""
        live = [item for item in self.subscriptions if item.handler is not ended]
        self.subscriptions[:] = live
        self.ended = 0


class PrefixSubscription(Subscription):
    """One handler for every event whose name begins with a prefix."""

    __slots__ = ("children", "place", "prefix")

    def __init__(self, prefix: str, handler: Any) -> None:
        super().__init__(None, handler)
        self.place = None
        self.prefix = prefix
        self.children: list[Subscription] = []

    @property
    def event(self) -> str:
        return self.prefix + "*" if self.active else ""

    def join(self, channel: Channel) -> None:
        """Take part in an event from now on, as a subscription of its own."""
        child = Subscription(channel, Prefixed(self, channel.event))
        child.owner = self.owner
        channel.subscriptions.append(child)
        self.children.append(child)

    def __call__(self) -> None:
        for child in self.children:
            child.owner = None  # the daemon holds the whole, not its parts
            child()
        self.children.clear()
        super().__call__()


class Prefixed:
    """What a prefix handler is called through: it gets the event's name, too."""

    __slots__ = ("event", "whole")

    def __init__(self, whole: PrefixSubscription, event: str) -> None:
        self.whole = whole
        self.event = event

    def __call__(self, payload: Any) -> object:
        handler: Any = self.whole.handler
        return handler(self.event, payload)


class Running:
    """Code of a daemon that runs in a foreign task: shutdown waits for it.

    One for each emit, not for each handler: `owner` changes from handler to handler.
    """

    __slots__ = ("owner", "task")

    owner: Holdings | None
    task: asyncio.Task[Any] | None


all_running: set[Running] = set()
