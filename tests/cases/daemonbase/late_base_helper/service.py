"""A helper of the base that nobody but a subclass's cleanup() calls."""
# rule: DMN108
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Has a helper."""

    async def initialize(self) -> None:
        self.register_interval("beat", self._beat, 30)

    def _say_later(self) -> None:
        self.defer_initialization(self._say, 1.0)  # error: DMN108

    def _say(self) -> None: ...
    def _beat(self) -> None: ...
