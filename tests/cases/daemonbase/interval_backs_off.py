"""The callback of an interval registers its own name with other seconds: a back-off."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase

RETRY = "retry"


class UploadDaemon(DaemonBase):
    """Tries an upload, less often each time that it fails."""

    name = "upload"

    async def initialize(self) -> None:
        self.delay = 1.0
        self.register_interval(RETRY, self.attempt, self.delay)

    async def attempt(self) -> None:
        if await self.upload():
            self.delay = 1.0
            self.clear_interval(RETRY)
            return
        self.delay = min(self.delay * 2, 300.0)
        self.register_interval(RETRY, self.attempt, self.delay)

    async def upload(self) -> bool:
        return False
