"""An owner that is an ExitStack: its callbacks are its registrar."""

# rule: DMN101
from __future__ import annotations

from contextlib import AsyncExitStack, ExitStack

from daemonbase import EventBus


class Page(ExitStack):
    """Closes what is pushed."""

    def __init__(self, bus: EventBus) -> None:
        super().__init__()
        self.bus = bus

    def start(self) -> None:
        self.callback(self.bus.subscribe("a", print))
        self.enter_context(self.bus.subscribe("b", print))
        self.bus.subscribe("c", print)  # error: DMN101


class AsyncPage(AsyncExitStack):
    """The same."""

    def __init__(self, bus: EventBus) -> None:
        super().__init__()
        self.callback(bus.subscribe("a", print))
