"""The left of a diamond calls the top by name, and so skips the right in the bottom's MRO."""
# rule: DMN204
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
        Device.shutdown(self)  # error: DMN204


class Logged(Device):
    """Right."""

    lines: tuple[str, ...] = ("b",)

    def shutdown(self) -> None:
        self.lines = ()
        super().shutdown()


class Camera(Networked, Logged):
    """Loses Logged.shutdown."""

    def shutdown(self) -> None:
        print("camera off")
        super().shutdown()
