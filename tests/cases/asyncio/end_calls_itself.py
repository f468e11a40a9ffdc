"""A handle that is called to end: its `with` block ends it by calling it."""
# rule: DMN101

from daemonbase import EventBus


class Watch:
    def __init__(self, bus: EventBus) -> None:
        self.off = bus.subscribe("order", print)

    def __call__(self) -> None:
        self.off()

    def __exit__(self, *exc: object) -> None:
        self()


class Deaf:
    def __init__(self, bus: EventBus) -> None:
        self.off = bus.subscribe("order", print)  # error: DMN101

    def __call__(self) -> None:
        self.off()

    def __exit__(self, *exc: object) -> None:
        print("left")
