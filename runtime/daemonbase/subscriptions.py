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
                if channel.idle >= len(subscriptions):
                    channel.compact()
            else:
                channel.idle += 1
                if channel.idle * 2 > len(subscriptions):
                    channel.compact()
        owner = self.owner
        if owner is not None:
            self.owner = None
            if not owner.releasing:
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
    """The subscriptions of one event. Ended ones stay until they are half of the list: O(1).

    `idle` counts those that have ended, and the `parts` that prefix handlers have here: a channel
    with no others is forgotten, or the events of a program that makes up their names would pile up.
    """

    __slots__ = ("event", "idle", "is_ready", "parts", "registry", "subscriptions")

    def __init__(self, event: str, registry: dict[str, Channel]) -> None:
        self.event = event
        self.is_ready = event == READY
        self.registry = registry
        self.subscriptions: list[Subscription] = []
        self.idle = 0
        self.parts = 0

    def compact(self) -> None:
        """Forget the subscriptions that have ended, and the channel if nobody else is here."""
        # One that is silenced, but not yet ended, must still be found by its own end.
        self.subscriptions = live = [x for x in self.subscriptions if x._channel is not None]
        self.idle = self.parts
        if len(live) == self.parts and not self.is_ready:
            for part in live:
                part._channel = None
                prefixed: Any = part.handler
                prefixed.whole.children.pop(part, None)
            self.registry.pop(self.event, None)


class PrefixSubscription(Subscription):
    """One handler for every event whose name begins with a prefix."""

    __slots__ = ("children", "place", "prefix")

    def __init__(self, prefix: str, handler: Any) -> None:
        super().__init__(None, handler)
        self.place = None
        self.prefix = prefix
        self.children: dict[Subscription, None] = {}

    @property
    def event(self) -> str:
        return self.prefix + "*" if self.active else ""

    def join(self, channel: Channel) -> None:
        """Take part in an event from now on, as a subscription of its own."""
        child = Subscription(channel, Prefixed(self, channel.event))
        child.owner = self.owner
        channel.subscriptions.append(child)
        channel.idle += 1
        channel.parts += 1
        self.children[child] = None

    def __call__(self) -> None:
        while self.children:
            child = self.children.popitem()[0]
            child.owner = None  # the daemon holds the whole, not its parts
            assert child._channel is not None  # or it would not be among the children
            child._channel.parts -= 1
            child._channel.idle -= 1  # its end counts it again
            child()
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

    def __init__(self, owner: Holdings | None) -> None:
        self.owner = owner
        self.task = asyncio.current_task()


all_running: set[Running] = set()
"""Those of all threads: complete before they are put here, copied before they are gone through."""
