"""A bus subclass overrides subscribe and returns super's: untyped, typed, by a local."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus, Subscription


class Untyped(EventBus):
    """No annotation."""

    def subscribe(self, event, handler):
        return super().subscribe(event, handler)


class Typed(EventBus):
    """Annotated with the class Subscription."""

    def subscribe(self, event, handler) -> Subscription:
        handle = super().subscribe(event, handler)
        print("subscribed", event)
        return handle


class ByBase(EventBus):
    """Names the base."""

    def subscribe(self, event, handler):
        return EventBus.subscribe(self, event, handler)


class Page:
    """Drops all."""

    def __init__(self, a: Untyped, b: Typed, c: ByBase) -> None:
        self.a = a
        self.b = b
        self.c = c

    def start(self) -> None:
        self.a.subscribe("a", print)  # error: DMN101
        self.b.subscribe("b", print)  # error: DMN101
        self.c.subscribe("c", print)  # error: DMN101

    def close(self) -> None:
        print("closed")
