"""In a strict class the undoing of a pair goes to a registrar."""
# rule: DMN101, DMN106

from collections.abc import Callable

from daemonbase import DaemonBase


class Hub:
    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def add_listener(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def remove_listener(self, listener: Callable[[], None]) -> None:
        self._listeners.remove(listener)


class Registered(DaemonBase):
    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self.hub = hub

    async def initialize(self) -> None:
        self.hub.add_listener(self.on_event)
        self.register_subscription(lambda: self.hub.remove_listener(self.on_event))

    def on_event(self) -> None: ...


class ByHand(DaemonBase):
    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self.hub = hub

    async def initialize(self) -> None:
        self.hub.add_listener(self.on_event)  # error: DMN106

    def on_event(self) -> None: ...

    async def cleanup(self) -> None:
        self.hub.remove_listener(self.on_event)


class Never(DaemonBase):
    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self.hub = hub

    async def initialize(self) -> None:
        self.hub.add_listener(self.on_event)  # error: DMN101

    def on_event(self) -> None: ...
