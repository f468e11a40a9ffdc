"""A subscription that is registered is no handle to lose; one that is not is lost."""
# rule: DMN104

from daemonbase import DaemonBase


class FeedDaemon(DaemonBase):
    async def initialize(self) -> None:
        handle = self.bus.subscribe("feed:new", print)
        self.register_subscription(handle)
        handle = self.bus.subscribe("feed:old", print)
        self.register_subscription(handle)

    def switch(self) -> None:
        handle = self.bus.subscribe("feed:new", print)
        handle = self.bus.subscribe("feed:old", print)  # error: DMN104
        self.register_subscription(handle)
