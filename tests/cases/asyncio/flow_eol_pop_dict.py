"""The end of life pops the handle out of the dict without calling it."""
# rule: DMN101

from daemonbase import EventBus


class Panel:
    """Shows live values."""

    def __init__(self, bus: EventBus, on: bool) -> None:
        self.bus = bus
        self.on = on
        self._unsubs: dict[str, object] = {}

    def show(self) -> None:
        self._unsubs["x"] = self.bus.subscribe("x", print)  # error: DMN101

    async def close(self) -> None:
        self._unsubs.pop("x", None)
