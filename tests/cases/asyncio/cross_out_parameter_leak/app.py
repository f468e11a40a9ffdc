"""A helper fills the caller's list; nobody drains it."""
# case: multi-file
# rule: DMN101
from daemonbase import EventBus
from filling import fill


class Board:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._subs: list = []

    def start(self) -> None:
        fill(self._subs, self.bus, self._event)  # error: DMN101

    def _event(self, event: object) -> None:
        print(event)

    def stop(self) -> None:
        print(len(self._subs))
