"""Behind the acquire stands a `return` only: the handler never sees the handle."""

# rule: DMN101
from daemonbase import EventBus


class Gadget:
    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def start(self, broken: bool) -> None:
        end = None
        try:
            if broken:
                raise ValueError
            end = self.bus.subscribe("tick", print)  # error: DMN101
            return
        except ValueError:
            print("broken")
        if end is not None:
            self.bus.subscribe("tick", print)

    def stop(self) -> None:
        print("stopped")


class Late:
    """Something else may fail behind it."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def start(self) -> None:
        end = None
        try:
            end = self.bus.subscribe("tick", print)  # error: DMN101
            self.bus.emit_nowait("tick")
            return
        except ValueError:
            print("broken")
        if end is not None:
            self.bus.subscribe("tock", print)  # error: DMN101

    def stop(self) -> None:
        print("stopped")
