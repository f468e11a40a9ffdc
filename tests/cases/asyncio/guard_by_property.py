"""A property over the handle guards its release."""
# rule: DMN101

from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Feed:
    def subscribe(self, handler: Callable[[], None]) -> Unsubscribe: ...


class Owner:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.unsub: Unsubscribe | None = None

    @property
    def is_on(self) -> bool:
        return self.unsub is not None

    def start(self) -> None:
        if not self.is_on:
            self.unsub = self.feed.subscribe(print)

    def stop(self) -> None:
        if self.is_on:
            self.unsub()
            self.unsub = None
