"""Draining while len(handles) > 0, while handles != [], and while True with a break."""

# rule: DMN101
from daemonbase import EventBus


class Sampler:
    """Samples events."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def by_len(self, topics: list[str]) -> None:
        handles = [self.bus.subscribe(topic, print) for topic in topics]
        while len(handles) > 0:
            handles.pop()()

    def by_compare(self, topics: list[str]) -> None:
        handles = [self.bus.subscribe(topic, print) for topic in topics]
        while handles != []:
            handles.pop()()

    def close(self) -> None:
        print("closed")
