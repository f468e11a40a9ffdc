"""A daemon that throws the handles of its subscriptions away."""
# rule: DMN101

from daemonbase import DaemonBase


class AuditDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.bus.subscribe("order:created", self.on_order)  # error: DMN101
        _ = self.bus.subscribe("order:paid", self.on_order)  # error: DMN101
        unused = self.bus.subscribe("order:sent", self.on_order)  # error: DMN101
        print("ready")

    async def on_order(self, payload: object) -> None:
        print(payload)
