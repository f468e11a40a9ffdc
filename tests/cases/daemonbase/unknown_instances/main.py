"""Makes them."""

from __future__ import annotations

import sys

from daemonbase import DaemonBase, run
from daemons import Worker


class Overseer(DaemonBase):
    """Waits for the workers by their names."""

    name = "overseer"

    async def initialize(self) -> None:
        self.on_daemon_ready("alpha", self.count)
        self.on_daemon_ready("beta", self.count)
        self.on_daemon_ready("gamma", self.count)  # error: DMN303

    async def count(self) -> None: ...


if __name__ == "__main__":
    sys.exit(run(DaemonBase("store"), Worker("alpha"), Worker(name="beta"), Overseer()))
