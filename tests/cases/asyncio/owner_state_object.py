"""A holder in a field; its list is drained in place."""
# rule: DMN102
from __future__ import annotations

import asyncio


class State:
    """What a session holds."""

    def __init__(self) -> None:
        self.timers: list[asyncio.TimerHandle] = []


class Session:
    """Releases them."""

    def __init__(self) -> None:
        self.state = State()

    def start(self) -> None:
        """Begin."""
        self.state.timers.append(asyncio.get_running_loop().call_later(5, print))

    def close(self) -> None:
        """End."""
        for timer in self.state.timers:
            timer.cancel()
