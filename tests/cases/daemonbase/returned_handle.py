"""A method that returns its handle is an acquire itself: its callers answer for it."""
# rule: DMN101

from daemonbase import DaemonBase


class FeedDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.watch("news")  # error: DMN101
        self.register_subscription(self.watch("sport"))
        self.register_subscription(self.watch_twice("weather"))
        self.watch_twice("traffic")  # error: DMN101

    def watch(self, topic: str):
        return self.bus.subscribe(topic, self.on_item)

    def watch_twice(self, topic: str):
        handle = self.watch(topic)
        print("watching", topic)
        return handle

    async def on_item(self, payload: object) -> None:
        print(payload)
