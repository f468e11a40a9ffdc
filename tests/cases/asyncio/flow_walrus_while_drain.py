"""Draining with a walrus in the loop's condition."""

# rule: DMN101
from daemonbase import EventBus


class Sampler:
    """Samples events."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def drained(self, topics: list[str]) -> None:
        handles = [self.bus.subscribe(topic, print) for topic in topics]
        while handles and (handle := handles.pop()):
            handle()

    def close(self) -> None:
        print("closed")
