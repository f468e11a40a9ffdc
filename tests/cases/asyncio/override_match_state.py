"""match over a state: closed is a guard, the rest raise or reach the base."""
# rule: DMN201, DMN202
from __future__ import annotations

import enum
from typing import assert_never


class State(enum.Enum):
    """Of a session."""

    OPEN = enum.auto()
    CLOSING = enum.auto()
    CLOSED = enum.auto()


class Session:
    """A session."""

    def __init__(self) -> None:
        self.items: list[str] = []

    def close(self) -> None:
        self.items.clear()

    def stop(self) -> None:
        self.items.clear()


class TypedSession(Session):
    """By state."""

    def __init__(self) -> None:
        super().__init__()
        self._state = State.OPEN

    def close(self) -> None:
        match self._state:
            case State.CLOSED | State.CLOSING:
                return
            case State.OPEN:
                self._state = State.CLOSING
                super().close()
                self._state = State.CLOSED
            case _:
                assert_never(self._state)

    def stop(self) -> None:
        match self._state:
            case State.OPEN:
                self._state = State.CLOSED
                super().stop()
            case other:
                raise RuntimeError(f"cannot stop: {other}")


class LoudSession(Session):
    """A case that has nothing to do with ends."""

    mode = "fast"

    def close(self) -> None:  # error: DMN202
        match self.mode:
            case "fast":
                self.items.append("fast")
            case _:
                super().close()
