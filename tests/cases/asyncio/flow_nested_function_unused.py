"""The nested function that would end the subscription is never called nor handed on."""

# rule: DMN101
from daemonbase import EventBus


class Panel:
    """Shows values."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def show(self) -> None:
        unsubscribe = self.bus.subscribe("value", print)  # error: DMN101

        def end() -> None:
            unsubscribe()

        print("shown")

    def close(self) -> None:
        print("closed")
