"""Super inside of a loop over things that may be none."""
# rule: DMN202
from __future__ import annotations


class Link:
    """A link."""

    def __init__(self) -> None:
        self.up = True
        self.peers: list[str] = []

    def disconnect(self) -> None:
        self.up = False


class MultiLink(Link):
    """Without peers it stays up."""

    def disconnect(self) -> None:  # error: DMN202
        for peer in self.peers:
            print("bye", peer)
            super().disconnect()
