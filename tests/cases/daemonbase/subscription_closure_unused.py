"""A nested function would release the handle, but what it is given to only prints."""
# rule: DMN101

from daemonbase import DaemonBase


class CacheDaemon(DaemonBase):
    async def initialize(self) -> None:
        unsubscribe = self.bus.subscribe("cache:flush", self.on_flush)  # error: DMN101

        def report() -> None:
            print("still subscribed:", unsubscribe is not None)

        report()

    async def on_flush(self, payload: object) -> None:
        print(payload)
