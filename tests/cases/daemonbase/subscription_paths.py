"""Registered on one path only, and the same code with every path covered."""
# rule: DMN101

from daemonbase import DaemonBase


class GateDaemon(DaemonBase):
    strict = False
    ready = False

    async def initialize(self) -> None:
        handle = self.bus.subscribe("gate:open", self.on_open)  # error: DMN101
        if self.strict:
            self.register_subscription(handle)

    def early(self) -> None:
        handle = self.bus.subscribe("gate:shut", self.on_open)  # error: DMN101
        if self.ready:
            return
        self.register_subscription(handle)

    def covered(self) -> None:
        handle = self.bus.subscribe("gate:lock", self.on_open)
        if self.ready:
            handle()
            return
        self.register_subscription(handle)

    def guarded(self) -> None:
        handle = None
        if self.strict:
            handle = self.bus.subscribe("gate:free", self.on_open)
        print("between")
        if handle is not None:
            self.register_subscription(handle)

    def mirrored(self) -> None:
        if self.strict:
            handle = self.bus.subscribe("gate:hold", self.on_open)
        print("between")
        if self.strict:
            self.register_subscription(handle)

    async def on_open(self, payload: object) -> None:
        print(payload)
