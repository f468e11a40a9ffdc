"""A helper of the base: one subclass calls it in cleanup(), another in initialize()."""
# rule: DMN108
# case: multi-file

from __future__ import annotations

from daemonbase import DaemonBase


class Service(DaemonBase):
    """Has a helper."""

    async def initialize(self) -> None:
        self.register_interval("beat", self._beat, 30)

    def _say_later(self) -> None:
        self.defer_initialization(self._say, 1.0)

    def _say(self) -> None: ...
    def _beat(self) -> None: ...
