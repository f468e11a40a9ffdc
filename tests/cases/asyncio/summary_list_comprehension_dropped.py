"""Lists of handles, in the ways that helpers make them; none is released."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus, Unsubscribe


class Page:
    """Drops whole lists."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def _comprehension(self) -> list[Unsubscribe]:
        return [self.bus.subscribe(topic, print) for topic in "ab"]

    def _literal(self):
        return [self.bus.subscribe("a", print), self.bus.subscribe("b", print)]

    def _pair(self):
        return self.bus.subscribe("a", print), self.bus.subscribe("b", print)

    def _mapping(self):
        return {"a": self.bus.subscribe("a", print)}

    def start(self) -> None:
        self._comprehension()  # error: DMN101
        self._literal()  # error: DMN101
        self._pair()  # error: DMN101
        self._mapping()  # error: DMN101

    def close(self) -> None:
        print("closed")
