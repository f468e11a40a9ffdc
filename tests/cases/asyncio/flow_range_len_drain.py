"""Release by index over range(len(...)), backwards too."""

# rule: DMN101
from daemonbase import EventBus


class Probe:
    """Listens for a moment."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def forward(self, topics: list[str]) -> None:
        handles = [self.bus.subscribe(topic, print) for topic in topics]
        for index in range(len(handles)):
            handles[index]()

    def backward(self, topics: list[str]) -> None:
        handles = [self.bus.subscribe(topic, print) for topic in topics]
        for index in range(len(handles) - 1, -1, -1):
            handles[index]()

    def close(self) -> None:
        print("closed")
