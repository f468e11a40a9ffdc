"""Helpers of the class and of the module register, release or only look at what they are given."""
# rule: DMN101

from daemonbase import DaemonBase, Unsubscribe


def show(unsubscribe: Unsubscribe) -> None:
    print("handle", unsubscribe)


def end_now(unsubscribe: Unsubscribe) -> None:
    unsubscribe()


class HelperDaemon(DaemonBase):
    async def initialize(self) -> None:
        self._keep(self.bus.subscribe("a", self.on_event))
        self._keep_deeper(self.bus.subscribe("b", self.on_event))
        end_now(self.bus.subscribe("c", self.on_event))
        show(self.bus.subscribe("d", self.on_event))  # error: DMN101

    def _keep(self, unsubscribe: Unsubscribe) -> None:
        self.register_subscription(unsubscribe)

    def _keep_deeper(self, unsubscribe: Unsubscribe) -> None:
        self._keep(unsubscribe)

    async def on_event(self, payload: object) -> None:
        print(payload)
