"""Records that go elsewhere, or whose class does more than to keep."""
# rule: DMN101

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from daemonbase import EventBus, Unsubscribe

everything: list[object] = []


@dataclass
class Known:
    topic: str
    release: Unsubscribe

    def __post_init__(self) -> None:
        everything.append(self)


class Timed:
    def __init__(self, off: Unsubscribe, at_end: Callable[[Unsubscribe], None]) -> None:
        self.finish = off
        at_end(self._finish)

    def _finish(self) -> None:
        self.finish()


@dataclass
class Ring:
    """Ends what it keeps itself."""

    offs: list[Unsubscribe] = field(default_factory=list)
    last: Unsubscribe | None = None

    def drop(self) -> None:
        for off in (*self.offs, self.last):
            if off is not None:
                off()


@dataclass
class Plain:
    topic: str
    handle: Unsubscribe


class Owner:
    def __init__(self, bus: EventBus, at_end: Callable[[Unsubscribe], None]) -> None:
        self._known = Known("a", bus.subscribe("a", print))
        self._timed = Timed(bus.subscribe("b", print), at_end)
        self._ring = Ring([bus.subscribe("c", print)], last=bus.subscribe("d", print))
        self._sent = Plain("e", bus.subscribe("e", print))
        bus.emit("made", self._sent)

    def make(self, bus: EventBus) -> Plain:
        plain = Plain("f", bus.subscribe("f", print))
        print(plain.topic)
        return plain

    def close(self) -> None:
        self._ring.drop()
