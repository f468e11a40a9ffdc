"""A strict class with a holder: by hand is by hand."""
# rule: DMN101, DMN106
from __future__ import annotations

from daemonbase import DaemonBase, Unsubscribe


class State:
    """What a session holds."""

    def __init__(self) -> None:
        self.unsubs: list[Unsubscribe] = []


class Session(DaemonBase):
    """Releases them."""

    def __init__(self) -> None:
        super().__init__("session")
        self.state = State()

    async def initialize(self) -> None:
        self.state.unsubs.append(self.bus.subscribe("a", print))  # error: DMN106

    async def cleanup(self) -> None:
        for unsub in self.state.unsubs:
            unsub()
