"""A handle given away by the method that releases it."""
# rule: DMN101

import contextlib
from collections.abc import Callable


class Subscription:
    def unsubscribe(self) -> None: ...
    def dispose(self) -> None: ...


class Feed:
    def subscribe(self, handler: Callable[[], None]) -> Subscription: ...


class Owner:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.stack = contextlib.ExitStack()
        self.undo: list[Callable[[], None]] = []

    def start(self) -> None:
        self.stack.callback(self.feed.subscribe(print).unsubscribe)
        self.undo.append(self.feed.subscribe(print).dispose)
        found = self.feed.subscribe(print)
        self.undo.append(found.unsubscribe)

    def stop(self) -> None:
        self.stack.close()
        while self.undo:
            self.undo.pop()()
