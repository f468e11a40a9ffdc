"""A wrong setting makes register_interval raise; the handler registers with the default."""
# rule: DMN107

from __future__ import annotations

import os

from daemonbase import DaemonBase


class PollDaemon(DaemonBase):
    """Polls as often as the environment says."""

    name = "poll"

    async def initialize(self) -> None:
        try:
            self.register_interval("poll", self.poll, float(os.environ["POLL_SECONDS"]))
        except (KeyError, ValueError):
            self.log.warning("POLL_SECONDS is unset or wrong: every 30 seconds")
            self.register_interval("poll", self.poll, 30)

    async def poll(self) -> None: ...
