"""super(DaemonBase, self).__init__() and object.__init__: DaemonBase is skipped."""
# rule: DMN201, DMN204
from __future__ import annotations

from daemonbase import DaemonBase


class PriceDaemon(DaemonBase):
    """Begins behind DaemonBase."""

    def __init__(self) -> None:
        super(DaemonBase, self).__init__()  # error: DMN204
        self.prices: dict[str, float] = {}
