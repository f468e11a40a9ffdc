"""A local name that is assigned between the two registrations."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class TickDaemon(DaemonBase):
    """Counts."""

    name = "tick"

    async def initialize(self) -> None:
        label = "tick"
        self.register_interval(label, self.tick, 1)
        label = "report"
        self.register_interval(label, self.report, 10)
        label += "-all"
        self.register_interval(label, self.report, 100)

    def tick(self) -> None: ...
    def report(self) -> None: ...
