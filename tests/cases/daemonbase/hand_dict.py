"""Handles by name in a dict, removed one by one and all at the end."""
# rule: DMN106

from daemonbase import DaemonBase, Unsubscribe


class TopicDaemon(DaemonBase):
    def __init__(self) -> None:
        super().__init__("topics")
        self._topics: dict[str, Unsubscribe] = {}

    def follow(self, topic: str) -> None:
        self._topics[topic] = self.bus.subscribe(topic, print)  # error: DMN106

    def leave(self, topic: str) -> None:
        self._topics.pop(topic)()

    async def cleanup(self) -> None:
        while self._topics:
            self._topics.popitem()[1]()
