"""A nested function releases the handle, and goes to the registrar; once before the acquire."""
# rule: DMN101

from daemonbase import DaemonBase, Unsubscribe


class CacheDaemon(DaemonBase):
    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe("cache:flush", self.on_flush)

        def stop() -> None:
            print("stopping")
            unsubscribe()

        self.register_subscription(stop)

    def watch(self) -> None:
        late: Unsubscribe | None = None

        def stop() -> None:
            if late is not None:
                late()

        self.register_subscription(stop)
        late = self.bus.subscribe("cache:miss", self.on_flush)

    async def on_flush(self, payload: object) -> None:
        print(payload)
