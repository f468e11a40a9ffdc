"""A helper that takes the name and hands it on, called with different names."""
# rule: DMN107

from __future__ import annotations

from collections.abc import Callable

from daemonbase import DaemonBase


class TickDaemon(DaemonBase):
    """Counts."""

    name = "tick"

    async def initialize(self) -> None:
        self._every("tick", self.tick, 1)
        self._every("report", self.report, 10)
        self._minutely("clean", self.report)

    def _every(self, name: str, callback: Callable[[], None], seconds: float) -> None:
        self.log.debug("%s every %g s", name, seconds)
        self.register_interval(name, callback, seconds)

    def _minutely(self, name: str, callback: Callable[[], None]) -> None:
        self._every(name, callback, 60)

    def tick(self) -> None: ...
    def report(self) -> None: ...
