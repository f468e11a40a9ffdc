"""A helper returns a list of handles; one list is only counted in close(), one dropped."""

# rule: DMN101
from __future__ import annotations

from collections.abc import Iterable

from daemonbase import EventBus


def subscribe_all(bus: EventBus, topics: Iterable[str]):
    """One subscription a topic."""
    handles = []
    for topic in topics:
        handles.append(bus.subscribe(topic, print))
    return handles


class Recorder:
    """Records topics."""

    def __init__(self, bus: EventBus, topics: list[str]) -> None:
        self._all = subscribe_all(bus, topics)  # error: DMN101
        subscribe_all(bus, ("start", "end"))  # error: DMN101

    def close(self) -> None:
        print("ended", len(self._all))
