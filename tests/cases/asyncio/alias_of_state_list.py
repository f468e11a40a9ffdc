"""A list that an object in a field holds gets a local name at both ends."""
# rule: DMN101

from daemonbase import EventBus, Unsubscribe


class State:
    def __init__(self) -> None:
        self.unsubs: list[Unsubscribe] = []
        self.others: list[Unsubscribe] = []


class Session:
    def __init__(self, bus: EventBus) -> None:
        self.state = State()
        unsubs = self.state.unsubs
        unsubs.append(bus.subscribe("order", print))

    def close(self) -> None:
        unsubs, self.state.unsubs = self.state.unsubs, []
        for unsub in unsubs:
            unsub()


class Forgetful:
    def __init__(self, bus: EventBus) -> None:
        self.state = State()
        others = self.state.others
        others.append(bus.subscribe("order", print))  # error: DMN101

    def close(self) -> None:
        self.state.unsubs.clear()
