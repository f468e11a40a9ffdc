"""A subscription in a field that the same method gives back by calling it."""
# rule: DMN101

from __future__ import annotations

from daemonbase import EventBus, Unsubscribe


class Probe:
    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._probe: Unsubscribe | None = None
        self._other: Unsubscribe | None = None

    def probe(self) -> None:
        self._probe = self._bus.subscribe("probe", print)
        self._bus.emit("probe", None)
        self._probe()

    def half(self, loud: bool) -> None:
        self._other = self._bus.subscribe("probe", print)  # error: DMN101
        if loud:
            self._other()

    def close(self) -> None:
        print("closed")
