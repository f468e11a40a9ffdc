"""Every way of handing a subscription to its registrar."""
# rule: DMN101

import functools

from daemonbase import DaemonBase


class AuditDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.subscribe("order:created", self.on_order)
        self.register_subscription(self.bus.subscribe("order:paid", self.on_order))
        local = self.bus.subscribe("order:sent", self.on_order)
        self.register_subscription(local)
        wrapped = self.bus.subscribe("order:lost", self.on_order)
        self.register_subscription(lambda: wrapped())
        bound = self.bus.subscribe("order:found", self.on_order)
        self.register_subscription(functools.partial(self.end, bound))
        for event in ("order:held", "order:freed"):
            self.register_subscription(self.bus.subscribe(event, self.on_order))

    def end(self, unsubscribe) -> None:
        unsubscribe()

    async def on_order(self, payload: object) -> None:
        print(payload)
