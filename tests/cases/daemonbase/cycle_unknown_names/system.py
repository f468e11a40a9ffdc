"""What is waited for is computed or configured: nobody knows of a circle."""
# rule: DMN304
# case: multi-file

import os

from daemonbase import DaemonBase


class Source(DaemonBase):
    name = "source"

    def __init__(self, peer: str) -> None:
        super().__init__()
        self.peer = peer

    async def initialize(self) -> None:
        self.on_daemon_ready(self.peer, self.begin)
        self.on_daemon_ready(os.environ["SOURCE_PEER"], self.begin)

    async def begin(self) -> None: ...


class Sink(DaemonBase):
    name = "sink"

    async def initialize(self) -> None:
        self.on_daemon_ready("source", self.begin)

    async def begin(self) -> None: ...
