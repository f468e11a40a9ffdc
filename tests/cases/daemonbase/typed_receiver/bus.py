"""A bus of the project's own, with an alias for its handle type."""
# case: multi-file
# rule: DMN101

from typing import Callable, TypeAlias

Unsubscriber: TypeAlias = Callable[[], None]


class Bus:
    def on(self, topic: str) -> Unsubscriber:
        return lambda: print("off", topic)
