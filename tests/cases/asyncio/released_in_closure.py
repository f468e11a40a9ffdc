"""The release sits in a closure that was registered before the acquire."""
# rule: DMN101

import contextlib
from collections.abc import Callable

Unsubscribe = Callable[[], None]


class Feed:
    def subscribe(self, handler: Callable[[], None]) -> Unsubscribe: ...


class Owner:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.stack = contextlib.ExitStack()

    def start(self) -> None:
        undo: Unsubscribe | None = None

        def end() -> None:
            nonlocal undo
            if undo is not None:
                undo()
                undo = None

        self.stack.callback(end)
        undo = self.feed.subscribe(print)

    def stop(self) -> None:
        self.stack.close()
