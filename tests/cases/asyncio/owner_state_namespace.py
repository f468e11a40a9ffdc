"""A SimpleNamespace in a field; its list is drained in place."""
# rule: DMN102
from __future__ import annotations

import asyncio
from types import SimpleNamespace


class Session:
    """Releases them."""

    def __init__(self) -> None:
        self.state = SimpleNamespace(timers=[], name="x")

    def start(self) -> None:
        """Begin."""
        self.state.timers.append(asyncio.get_running_loop().call_later(5, print))

    def close(self) -> None:
        """End."""
        for timer in self.state.timers:
            timer.cancel()
