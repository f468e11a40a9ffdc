"""Coroutines of another module that return a live handle."""
# case: multi-file
# rule: DMN101
from daemonbase import EventBus
from subscriptions import watch, watch_when_ready


class Forgetful:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    async def start(self) -> None:
        await watch(self.bus, "tick", self._tick)  # error: DMN101

    def _tick(self, _event: object) -> None:
        print("tick")

    async def aclose(self) -> None:
        print("closed")


class Kept:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._unsub = None

    async def start(self) -> None:
        self._unsub = await watch_when_ready(self.bus, "tick", self._tick)

    def _tick(self, _event: object) -> None:
        print("tick")

    async def aclose(self) -> None:
        if (unsub := self._unsub) is not None:
            self._unsub = None
            unsub()


class NeverReleased:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self._unsub = None

    async def start(self) -> None:
        self._unsub = await watch_when_ready(self.bus, "tick", self._tick)  # error: DMN101

    def _tick(self, _event: object) -> None:
        print("tick")

    async def aclose(self) -> None:
        if self._unsub is not None:
            print("was subscribed")
