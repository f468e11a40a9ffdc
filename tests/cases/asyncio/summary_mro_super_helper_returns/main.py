"""super().helper() returns a handle; overrides wrap it."""

# case: multi-file
# rule: DMN101
from __future__ import annotations

from base import Listener


class Loud(Listener):
    """Its _listen adds a line and returns what super's returns."""

    def _listen(self, topic: str):
        print("listening to", topic)
        return super()._listen(topic)

    def start(self) -> None:
        self._first = self._listen("first")
        self._second = super()._listen("second")
        self._listen("third")  # error: DMN101
        super()._listen("fourth")  # error: DMN101

    def close(self) -> None:
        self._first()
        self._second()
