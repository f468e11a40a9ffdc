"""A releasing property setter: armed once, released by assigning None in stop(); two properties."""

# rule: DMN101, DMN102, DMN104
from __future__ import annotations

from daemonbase import EventBus, Subscription


class Mirror:
    """`source` is replaced by the setter."""

    def __init__(self) -> None:
        self._source: Subscription | None = None

    @property
    def source(self) -> Subscription | None:
        return self._source

    @source.setter
    def source(self, new: Subscription | None) -> None:
        if self._source is not None:
            self._source()
        self._source = new

    def switch(self, bus: EventBus, topics: list[str]) -> None:
        for topic in topics:
            self.source = bus.subscribe(topic, print)

    def stop(self) -> None:
        self.source = None
