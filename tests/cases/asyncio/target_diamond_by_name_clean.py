"""The same diamond all by name: the bottom calls both sides, so nothing is lost."""
# rule: DMN201, DMN204
from __future__ import annotations


class Device:
    """The top."""

    power = True

    def shutdown(self) -> None:
        self.power = False


class Networked(Device):
    """Left."""

    peers: tuple[str, ...] = ("a",)

    def shutdown(self) -> None:
        self.peers = ()
        Device.shutdown(self)


class Logged(Device):
    """Right."""

    lines: tuple[str, ...] = ("b",)

    def shutdown(self) -> None:
        self.lines = ()
        Device.shutdown(self)


class Camera(Networked, Logged):
    """Both sides by name."""

    def shutdown(self) -> None:
        print("camera off")
        Networked.shutdown(self)
        Logged.shutdown(self)
