"""super()._listen() dropped, with an own override and without; same file, typed and untyped."""

# rule: DMN101
from __future__ import annotations

from daemonbase import EventBus, Unsubscribe


class Listener:
    """Listens."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def _listen(self, topic: str):
        return self.bus.subscribe(topic, print)

    def _hear(self, topic: str) -> Unsubscribe:
        return self.bus.subscribe(topic, print)


class Plain(Listener):
    """No overrides."""

    def start(self) -> None:
        super()._listen("a")  # error: DMN101
        super()._hear("b")  # error: DMN101
        self._listen("c")  # error: DMN101
        Listener._listen(self, "d")  # error: DMN101

    def close(self) -> None:
        print("closed")


class Overriding(Listener):
    """Overrides both."""

    def _listen(self, topic: str):
        return super()._listen(topic)

    def _hear(self, topic: str) -> Unsubscribe:
        print(topic)
        return super()._hear(topic)

    def start(self) -> None:
        self._listen("a")  # error: DMN101
        self._hear("b")  # error: DMN101

    def close(self) -> None:
        print("closed")
