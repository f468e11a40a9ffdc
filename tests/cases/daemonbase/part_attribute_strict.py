"""In a daemon the attribute of a part of its own is kept by hand, released or not."""
# rule: DMN101, DMN106

from __future__ import annotations

from daemonbase import DaemonBase, Unsubscribe


class Links:
    up: Unsubscribe | None = None
    down: Unsubscribe | None = None


class Router(DaemonBase):
    def __init__(self) -> None:
        super().__init__("router")
        self._links = Links()

    async def initialize(self) -> None:
        self._links.up = self.bus.subscribe("up", print)  # error: DMN106
        self._links.down = self.bus.subscribe("down", print)  # error: DMN101

    async def cleanup(self) -> None:
        if self._links.up is not None:
            self._links.up()


class Probing(DaemonBase):
    def __init__(self) -> None:
        super().__init__("probing")
        self._links = Links()

    async def initialize(self) -> None:
        self._links.up = self.bus.subscribe("up", print)
        self._links.up()
        self._links.down = self.bus.subscribe("down", print)
        self.register_subscription(self._links.down)
