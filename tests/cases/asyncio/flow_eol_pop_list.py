"""The end of life pops handles off the list without calling them."""
# rule: DMN101

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on
        self._unsubs: list = []

    def show(self) -> None:
        self._unsubs.append(self.bus.subscribe("x", print))  # error: DMN101

    async def close(self) -> None:
        while self._unsubs:
            self._unsubs.pop()
