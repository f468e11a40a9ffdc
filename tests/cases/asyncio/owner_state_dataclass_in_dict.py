"""Holders in a dict; each one's list is drained in place."""
# rule: DMN102
from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass
class Peer:
    """A peer."""

    timers: list[asyncio.TimerHandle] = field(default_factory=list)


class Hub:
    """Releases them."""

    def __init__(self) -> None:
        self.peers: dict[str, Peer] = {}

    def add(self, name: str) -> None:
        """Begin."""
        peer = self.peers.setdefault(name, Peer())
        peer.timers.append(asyncio.get_running_loop().call_later(5, print))
        self.peers[name].timers.append(asyncio.get_running_loop().call_later(9, print))

    def close(self) -> None:
        """End."""
        for peer in self.peers.values():
            for timer in peer.timers:
                timer.cancel()
