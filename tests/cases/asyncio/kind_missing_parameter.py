"""Overrides that lack a parameter which the base's caller passes."""
# rule: DMN205
from __future__ import annotations


class Channel:
    """Calls its own hooks."""

    def close(self, code: int) -> None:
        """Hook."""

    def stop(self, reason: str = "") -> None:
        """Hook."""

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Hook."""

    def run(self) -> None:
        self.stop(reason="over")
        self.close(1000)


class WebChannel(Channel):
    """TypeError at the end."""

    def close(self) -> None:  # error: DMN205
        print("closed")

    def stop(self) -> None:  # error: DMN205
        print("stopped")

    def __exit__(self) -> None:  # error: DMN205
        print("left")
