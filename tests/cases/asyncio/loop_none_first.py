"""What is None in a loop's first round leads the next ones along another branch."""
# rule: DMN101, DMN104
from daemonbase import EventBus


class Follower:
    """The second round writes over the handle that stands before the loop."""

    def __init__(self, bus: EventBus, names: list[str]) -> None:
        self.bus = bus
        self.names = names
        self.off = None

    def start(self) -> None:
        last = None
        self.off = self.bus.subscribe("all", print)
        for name in self.names:
            if last:
                self.off = last  # error: DMN104
            last = self.bus.subscribe(name, print)
            last()

    def stop(self) -> None:
        if self.off:
            self.off()


class Careful(Follower):
    """Gives it back first."""

    def start(self) -> None:
        last = None
        self.off = self.bus.subscribe("all", print)
        for name in self.names:
            if last:
                self.off()
                self.off = last
            last = self.bus.subscribe(name, print)
            last()
