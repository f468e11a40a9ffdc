"""The daemon's public method is called in cleanup(), and by another module while it lives."""
# rule: DMN108
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class Uploader(DaemonBase):
    """Uploads when told."""

    name = "uploader"

    async def initialize(self) -> None:
        self.queue: list[bytes] = []

    def flush(self) -> None:
        """Begin to upload what is queued."""
        queue, self.queue = self.queue, []
        self.register_task(self._upload(queue))

    async def _upload(self, queue: list[bytes]) -> None: ...

    async def cleanup(self) -> None:
        if self.queue:
            self.flush()
