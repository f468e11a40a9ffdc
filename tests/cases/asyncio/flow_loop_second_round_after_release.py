"""The first round has released its handle; the second one takes another branch all the same."""

# rule: DMN101
from daemonbase import EventBus


class Gadget:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def start(self, rounds: int) -> None:
        end = None
        for _ in range(rounds):
            if end is not None:
                self.bus.subscribe("tick", print)  # error: DMN101
            end = self.bus.subscribe("tick", print)
            end()

    def stop(self) -> None:
        print("stopped")


class Careful:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def start(self, rounds: int) -> None:
        end = None
        for _ in range(rounds):
            if end is not None:
                self.bus.subscribe("tick", print)()
            end = self.bus.subscribe("tick", print)
            end()

    def stop(self) -> None:
        print("stopped")
