"""The left of a diamond does its base's work by hand instead of calling super."""
# rule: DMN201
from __future__ import annotations


class Device:
    """The top."""

    def __init__(self) -> None:
        self.power = True

    def shutdown(self) -> None:
        self.power = False


class Networked(Device):
    """Left: copies what Device does."""

    def __init__(self) -> None:
        super().__init__()
        self.peers: set[str] = set()

    def shutdown(self) -> None:  # error: DMN201
        self.peers.clear()
        self.power = False


class Logged(Device):
    """Right."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def shutdown(self) -> None:
        super().shutdown()
        self.lines.append("off")


class Camera(Networked, Logged):
    """The bottom loses Logged.shutdown too."""

    def shutdown(self) -> None:
        super().shutdown()
