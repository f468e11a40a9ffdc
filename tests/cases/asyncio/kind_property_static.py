"""A property or a static method over a method."""
# rule: DMN205
from __future__ import annotations

import functools


class Sink:
    """Hooks only."""

    def close(self) -> None:
        """Hook."""

    def stop(self) -> None:
        """Hook."""

    def quit(self) -> None:
        """Hook."""


class FlagSink(Sink):
    """Calling the property's value fails."""

    closed = False

    @property
    def close(self) -> bool:  # error: DMN205
        return self.closed

    @functools.cached_property
    def quit(self) -> bool:  # error: DMN205
        return True


class NamedSink(Sink):
    """Properties of other names, and a property over a property."""

    @property
    def closed(self) -> bool:
        return True

    @functools.wraps(Sink.stop)
    def stop(self) -> None:
        print("stop")
