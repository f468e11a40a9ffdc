"""A helper that takes the name and hands it on, called with one name twice."""
# rule: DMN107

from __future__ import annotations

from collections.abc import Callable

from daemonbase import DaemonBase


class TickDaemon(DaemonBase):
    """Counts."""

    name = "tick"

    async def initialize(self) -> None:
        self._every("tick", self.tick, 1)
        self.register_interval("tick", self.report, 10)  # error: DMN107

    def _every(self, name: str, callback: Callable[[], None], seconds: float) -> None:
        self.register_interval(name, callback, seconds)

    def tick(self) -> None: ...
    def report(self) -> None: ...
