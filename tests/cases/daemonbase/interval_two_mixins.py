"""Two mixins that are fine alone use one name; the class that has both loses an interval."""
# rule: DMN107

from __future__ import annotations

from daemonbase import DaemonBase


class Buffered(DaemonBase):
    """Flushes a buffer."""

    async def initialize(self) -> None:
        await super().initialize()
        self.buffer: list[bytes] = []
        self.register_interval("flush", self.flush_buffer, 1)

    async def flush_buffer(self) -> None:
        self.buffer.clear()


class Logged(DaemonBase):
    """Flushes a log."""

    async def initialize(self) -> None:
        await super().initialize()
        self.register_interval("flush", self.flush_log, 10)  # error: DMN107

    async def flush_log(self) -> None: ...


class Writer(Logged, Buffered):
    """Buffered.initialize() runs to its end before Logged registers."""

    name = "writer"
