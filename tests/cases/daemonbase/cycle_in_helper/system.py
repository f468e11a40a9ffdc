"""The names go through a helper, and the second wait stands in a callback."""
# rule: DMN304
# case: multi-file

from collections.abc import Awaitable, Callable

from daemonbase import DaemonBase


class Player(DaemonBase):
    name = "player"

    async def initialize(self) -> None:
        self._after("library", self.load)

    def _after(self, daemon: str, callback: Callable[[], Awaitable[None]]) -> None:
        self.log.debug("waiting for %s", daemon)
        self.on_daemon_ready(daemon, callback, timeout=30)

    async def load(self) -> None: ...


class Library(DaemonBase):
    name = "library"

    async def initialize(self) -> None:
        self.on_daemon_ready("disk", self.scan)

    async def scan(self) -> None:
        self.on_daemon_ready("player", self.offer)  # error: DMN304

    async def offer(self) -> None: ...


class Disk(DaemonBase):
    name = "disk"
