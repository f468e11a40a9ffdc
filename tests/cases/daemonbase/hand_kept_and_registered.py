"""Kept for use, but registered as well: the base gives it back."""
# rule: DMN106

from daemonbase import DaemonBase, Unsubscribe


class TopicDaemon(DaemonBase):
    def __init__(self) -> None:
        super().__init__("topics")
        self._topics: dict[str, Unsubscribe] = {}

    async def initialize(self) -> None:
        self._news = self.bus.subscribe("news", print)
        self.register_subscription(self._news)
        self._weather = self.subscribe("weather", print)
        self._sports = self.register_subscription(self.bus.subscribe("sports", print))

    def follow(self, topic: str) -> None:
        self._topics[topic] = self.subscribe(topic, print)

    def leave(self, topic: str) -> None:
        self._topics.pop(topic)()

    def quiet(self) -> None:
        self._news()
        self._weather()
