"""The simplest keep-and-return registrars, untyped; callers drop the result."""

# rule: DMN101
from daemonbase import EventBus


class Page:
    """Keeps all."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._kept = []

    def own(self, handle):
        self._kept.append(handle)
        return handle

    def start(self):
        self.own(self.bus.subscribe("a", print))
        handle = self.bus.subscribe("b", print)
        self.own(handle)

    def close(self):
        for handle in self._kept:
            handle()
