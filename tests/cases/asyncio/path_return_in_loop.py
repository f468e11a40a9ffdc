"""A return inside a loop over peers misses the base."""
# rule: DMN202
from __future__ import annotations


class Link:
    """A link."""

    up = True

    def disconnect(self) -> bool:
        self.up = False
        return True


class MultiLink(Link):
    """Many peers."""

    peers: tuple[str, ...] = ()

    def disconnect(self) -> bool:  # error: DMN202
        for peer in self.peers:
            if peer.startswith("busy"):
                return False
            print("bye", peer)
        return super().disconnect()
